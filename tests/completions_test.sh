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

# zsh completes only at a prompt: lines are typed at one on a pseudo terminal, then a tab. Each argument is a line, an
# equals sign and what it must become; says which did not within ten seconds.
zsh_typed() {
  cat >"$folder/type.zsh" <<'PROGRAM'
zmodload zsh/zpty
typed=
# Reads until the text has been printed.
await() {
  local text tries=0
  while [[ $typed != *$1* ]]; do
    if zpty -r -t shell text; then typed+=${text//[$'\r\n']/}; else sleep 0.1; ((++tries > 100)) && return 1; fi
  done
  return 0
}
zpty -b shell zsh -f -i
zpty -w shell "PS1=; autoload -Uz compinit; compinit -u -d $1/dump; source $1/imglint.zsh; print ready\$((6 * 7))"
await ready42 || print "zsh: no prompt"
shift
for pair; do
  typed=
  zpty -w -n shell "${pair%%=*}"$'\t'
  await "${pair#*=}" || print -r -- "zsh: ${pair%%=*} became $typed"
  zpty -w -n shell $'\x15'
done
zpty -d shell
PROGRAM
  timeout 100 zsh -f "$folder/type.zsh" "$folder" "$@"
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
  told=$(zsh_typed 'imglint ch=imglint check' 'imglint retarget --paths so=imglint retarget --paths source' \
    'imglint explain late=imglint explain latest-tag' 'imglint check --fail-on w=imglint check --fail-on warning' \
    'imglint check --no-i=imglint check --no-ignore')
  [ -z "$told" ] || { printf '%s\n' "$told"; failed=1; }
fi
if command -v mandoc >/dev/null; then
  [ -z "$(mandoc -T lint -W style "$folder/imglint.1" 2>&1 | tee "$folder/lint")" ] || { cat "$folder/lint"; failed=1; }
fi
exit $failed
