#!/bin/bash
# Trees that are large in a hostile way: very many files in one folder, a folder a thousand deep, names that are
# no text, a reference meant to be slow, hundreds of thousands of references in one file. Says how long each took
# and how much memory.
#   tests/long/hostile_tree.sh PROGRAM [FILES] [DEPTH]        (100000 files, 1000 folders unless said otherwise)
set -euo pipefail

program=$(realpath "$1")
files=${2:-100000}
depth=${3:-1000}
# In memory where there is such a place: it is the program that is looked at, not the disk.
if [[ -d /dev/shm ]]; then export TMPDIR=/dev/shm; fi
work=$(mktemp -d)
trap 'rm -rf "$work" "$work".{time,out,err}' EXIT

fail() {
  echo "$1" >&2
  exit 1
}

# measured NAME EXPECTED-STATUS ARGUMENT…: runs the program in $work, keeps its streams in $work.out and $work.err, and
# its memory, in KiB, in $memory.
measured() {
  local name=$1 expected=$2 status=0 seconds
  shift 2
  /usr/bin/time -f '%e %M' -o "$work.time" timeout 600 "$program" "$@" >"$work.out" 2>"$work.err" || status=$?
  read -r seconds memory < <(tail -n 1 "$work.time")
  printf '%-34s %7.2f s  %7d KiB\n' "$name" "$seconds" "$memory"
  ((status == expected)) || { head -n 20 "$work.err" >&2; fail "$name: exit $status, not $expected"; }
  if LC_ALL=C grep -qP '[\x00-\x09\x0b-\x1f\x7f]' "$work.out" "$work.err"; then fail "$name: raw control characters"; fi
}
cd "$work"

mkdir many
(cd many && seq "$files" | awk '{ file = "Dockerfile." $1; print "FROM nginx:" $1 > file; close(file) }')
measured "check, $files files" 0 check --isolated --format jsonl many
measured "list, $files files" 0 list --format jsonl many
(($(wc -l <"$work.out") == files)) || fail "not every file was listed"
measured "retarget, $files files" 0 retarget --to ghcr.io/org many
(($(grep -rhc '^FROM ghcr.io/org/' many | awk '{ sum += $1 } END { print sum }') == files)) || fail "not every file was moved"
[[ -z $(find many -name '.imglint-*' -print -quit) ]] || fail "temporary files are left"

# Longer than a path may be, so that it cannot be made, nor read, by one name.
(mkdir deep && cd deep && for ((level = 0; level < depth; ++level)); do
  mkdir d && cd d && echo "FROM nginx:$level" >Dockerfile
done)
measured "check, $depth folders deep" 0 check --isolated deep
measured "the same, looking for configurations" 0 check deep
measured "retarget, $depth folders deep" 0 retarget --to ghcr.io/org deep
[[ -z $(find deep -name '.imglint-*' -print -quit) ]] || fail "temporary files are left"

mkdir names
(cd names && for byte in 01 07 0a 1b 7f 80 9b ff; do
  echo 'FROM nginx' >"$(printf 'Dockerfile.%b' "\\x${byte}[31m")"
done)
measured "check, names that are no text" 0 check --isolated --fail-on error names
measured "SARIF, names that are no text" 0 check --isolated --fail-on error --format sarif names

mkdir slow
# shellcheck disable=SC2016
{
  head -c 3000000 /dev/zero | tr '\0' a | sed 's/^/FROM /; s/$/!/' >slow/Dockerfile.long
  { printf 'FROM '; for ((n = 0; n < 20000; ++n)); do printf 'a/b-c__d.e:'; done; echo; } >slow/Dockerfile.parts
  { printf 'ARG A='; for ((n = 0; n < 50000; ++n)); do printf '${A:-'; done; echo; echo 'FROM $A'; } >slow/Dockerfile.nested
  { printf 'ARG A='; head -c 100000 /dev/zero | tr '\0' a; printf '\nFROM ${A##*a*a*a*a*a*a*b}\n'; } >slow/Dockerfile.pattern
  { printf 'services:\n  a:\n    image: '; for ((n = 0; n < 50000; ++n)); do printf '${A:-'; done; echo; } >slow/compose.yaml
  { echo 'ARG A=aaaaaaaaaa'; for ((n = 0; n < 64; ++n)); do echo 'ARG A=$A$A'; done; echo 'FROM $A'; } >slow/Dockerfile.doubling
}
measured "check, references meant to be slow" 1 check --isolated slow

mkdir -p dense/docker dense/compose
seq 580000 | sed 's/.*/FROM a/' >dense/docker/Dockerfile
{ echo 'services:'; seq 200000 | sed 's/.*/ &: {image: a}/'; } >dense/compose/compose.yaml
for command in "list" "list --format json" "check" "check --format sarif" "retarget --to ghcr.io/org --check"; do
  # shellcheck disable=SC2086
  measured "$command, 580000 stages" 1 $command dense/docker
  ((memory < 300 * 1024)) || fail "more than 300 MiB"
  # shellcheck disable=SC2086
  measured "$command, 200000 services" 1 $command dense/compose
  ((memory < 400 * 1024)) || fail "more than 400 MiB"
done
echo "all as expected"
