#!/bin/bash
# Looks, with strace, at what a run over a hostile tree opens, starts and talks to: nothing outside of the tree but what
# belongs to the system, no program but git, no connection, no change outside.
#   tests/long/openings.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
work=$(realpath "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT
outside=$work/outside tree=$work/tree
mkdir -p "$outside/b" "$tree/app" "$tree/up" "$work/home" "$work/tmp"
export HOME=$work/home TMPDIR=$work/tmp

fail() {
  echo "$1" >&2
  exit 1
}

for file in Dockerfile env config.yaml lock.json b/Dockerfile hook; do
  printf 'FROM canary-1234\nHUB=canary-1234\n' >"$outside/$file"
done
chmod +x "$outside/hook"
cd "$tree"
git init -q --template= .
printf '* filter=e\n' >.gitattributes
printf 'FROM docker.io/library/nginx:1.27\nCOPY --from=x a b\n' >Dockerfile
# shellcheck disable=SC2016
printf 'services:\n  a: {image: "${HUB}/x:1", build: ../outside}\n  b: {image: "docker.io/library/redis:7", extends: {file: %s/env, service: b}}\n  c: {env_file: ../../outside/env, build: {context: %s}}\ninclude: [%s/config.yaml]\n' \
  "$outside" "$outside" "$outside" >app/compose.yaml
git add -A
git -c user.name=a -c user.email=a@b commit -qm one
git config filter.e.clean "$outside/hook"
git config filter.e.process "$outside/hook"
git config core.hooksPath "$outside"
git config core.fsmonitor "$outside/hook"
git config core.pager "$outside/hook"
git config include.path "$outside/config.yaml"
ln -s "$outside/env" app/.env
ln -s "$outside" linked
ln -s "$outside/Dockerfile" up/Dockerfile
ln -s ../../outside/config.yaml .hadolint.yaml
mkfifo app/.gitignore
printf '{"version": 1, "files": [{"file": "%s/Dockerfile", "edits": []}, {"file": "linked/Dockerfile", "edits": []}]}\n' \
  "$outside" >lock.json
before=$(cd "$outside" && find . -type f -exec sha256sum {} + | sort)

# Files of the system that any program opens.
allowed='^(/lib|/usr|/etc/(ld\.so|localtime|gitconfig|passwd|nsswitch)|/dev/(null|tty|urandom)|/proc/(self|sys|meminfo|cpuinfo)|/sys/)'
total=0
look() {
  local status=0
  timeout 120 strace -f -qq -e trace=%file,%network,execve -o "$work/trace" "$program" "$@" >"$work/out" 2>&1 || status=$?
  printf '%-44s exit %s\n' "$*" "$status"
  ((status <= 2)) || { cat "$work/out" >&2; fail "$*: exit $status"; }
  if grep -aq canary "$work/out"; then fail "$*: the canary is shown"; fi
  # What failed was not opened; a look at a link itself (readlink, lstat) opens nothing.
  local opened
  opened=$(grep -aE ' open(at2?)?\(' "$work/trace" | grep -avE '= -1 |O_PATH' | sed -E 's/^[^"]*"([^"]*)".*$/\1/' | sort -u)
  total=$((total + $(wc -l <<<"$opened")))
  local path
  while IFS= read -r path; do
    case $path in
      "$tree" | "$tree"/* | "$work/tmp"/* | "$work/home"/*) ;;
      /*) [[ $path =~ $allowed || $path == / || $tree == "$path"* ]] || fail "$*: opened $path" ;;
      *../*) fail "$*: opened $path" ;;
    esac
    [[ $path != *linked/* ]] || fail "$*: opened $path"
  done <<<"$opened"
  local started
  started=$(grep -a 'execve(' "$work/trace" | grep -av '= -1 ' | sed -E 's/^[^"]*"([^"]*)".*$/\1/' | sort -u)
  while IFS= read -r path; do
    [[ $path == "$program" || $path =~ ^/usr/(bin|lib/git-core|libexec/git-core)/git$ ]] || fail "$*: started $path"
  done <<<"$started"
  if grep -aE ' (socket|connect|sendto|bind)\(' "$work/trace" | grep -avq AF_UNIX; then fail "$*: a connection"; fi
}

look check
look check --since HEAD
look list
look list --format json --no-ignore
look check --fix --unsafe-fixes
look retarget --to ghcr.io/org --edit-env --lock made.lock
look retarget --revert made.lock
look retarget --revert lock.json
look init --force
# Configurations stop a run, so they come last.
printf 'extends: %s/config.yaml\n' "$outside" >app/.imglint.yaml
look check
look config app/compose.yaml
rm app/.imglint.yaml
ln -s "$outside/config.yaml" up/.imglint.yaml
look check --fix
look list
[[ $before == "$(cd "$outside" && find . -type f -exec sha256sum {} + | sort)" ]] || fail "something outside has changed"
((total > 40)) || fail "nothing was seen"
echo "13 runs, $total files opened, all in the tree or of the system"
