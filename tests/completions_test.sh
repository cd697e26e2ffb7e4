#!/bin/sh
# The completion scripts in the shells that are here, and the manual page: completions_test.sh IMGLINT
set -u
program=$1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
for shell in bash zsh fish; do "$program" completions "$shell" >"$folder/imglint.$shell" || exit 1; done
"$program" man >"$folder/imglint.1" || exit 1
PATH=$(dirname "$program"):$PATH
failed=0

in_lines() { tr ' ' '\n' | LC_ALL=C sort; }

# expect SHELL LINE WORDS: what completing the line offers, in any order.
expect() {
  wanted=$(printf '%s\n' "$3" | in_lines)
  got=$("complete_$1" "$2" | in_lines)
  [ "$wanted" = "$got" ] && return
  printf '%s: %s\nwanted:\n%s\ngot:\n%s\n' "$1" "$2" "$wanted" "$got"
  failed=1
}

# shellcheck disable=SC2317 # called by its name in expect
complete_bash() {
  bash -c 'source "$1"; read -ra COMP_WORDS <<<"$2"; [[ $2 == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _imglint 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"' - "$folder/imglint.bash" "$1"
}

# shellcheck disable=SC2317
complete_fish() { fish -c "source $folder/imglint.fish; complete -C '$1'" | cut -f1; }

# zsh completes only at a prompt: lines are typed at one on a pseudo terminal. What the screen then holds, on one line.
zsh_screen() {
  cat >"$folder/type.zsh" <<'PROGRAM'
zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell "PS1=; autoload -Uz compinit; compinit -u -d $1/dump; source $1/imglint.zsh"
# Prints what comes until nothing has come for half a second; waits ten seconds for the first of it.
screen() {
  local quiet=0 seen=0
  while ((quiet < (seen ? 5 : 100))); do
    if zpty -r -t shell text; then print -rn -- "$text"; quiet=0; seen=1; else sleep 0.1; ((++quiet)); fi
  done
}
screen
shift
for line; do
  zpty -w -n shell "$line"$'\t'
  screen
  zpty -w -n shell $'\x15'
done
zpty -d shell
PROGRAM
  timeout 60 zsh -f "$folder/type.zsh" "$folder" "$@" | tr -d '\r\n'
}

for shell in bash fish; do
  command -v "$shell" >/dev/null || { echo "skipped: no $shell"; continue; }
  expect "$shell" 'imglint ch' 'check'
  expect "$shell" 'imglint retarget --paths so' 'source source-flat source-short'
  expect "$shell" 'imglint check --format sa' 'sarif'
  expect "$shell" 'imglint explain late' 'latest-tag'
  expect "$shell" 'imglint check --fail-on w' 'warning'
done
if command -v bash >/dev/null; then
  expect bash 'imglint check --for' '--force-exclude --format'
  expect bash 'imglint check --select latest-tag,missing-t' 'latest-tag,missing-tag'
  expect bash 'imglint completions ' 'bash fish zsh'
fi
if command -v zsh >/dev/null; then
  screen=$(zsh_screen 'imglint ch' 'imglint retarget --paths so' 'imglint explain late' 'imglint check --fail-on w' \
    'imglint check --no-i')
  for line in 'imglint check' 'imglint retarget --paths source' 'imglint explain latest-tag' \
    'imglint check --fail-on warning' 'imglint check --no-ignore'; do
    case $screen in
    *"$line"*) ;;
    *)
      printf 'zsh did not complete to: %s\n' "$line"
      failed=1
      ;;
    esac
  done
fi
if command -v mandoc >/dev/null; then
  [ -z "$(mandoc -T lint -W style "$folder/imglint.1" 2>&1 | tee "$folder/lint")" ] || { cat "$folder/lint"; failed=1; }
fi
exit $failed
