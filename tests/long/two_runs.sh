#!/bin/bash
# Lets two runs of `imglint retarget` to different registries rewrite one folder at the same time, again and again. Each
# file must be whole: as it was, as one of them writes it, or as one writes it after the other.
#   tests/long/two_runs.sh PROGRAM [ROUNDS] [FILES]        (50 rounds over 200 files unless said otherwise)
set -euo pipefail
# shellcheck source=/dev/null
. "$(dirname "$0")/many_files.sh"

program=$(realpath "$1")
rounds=${2:-50}
files=${3:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
retarget() { "$program" retarget --to "$1" --paths keep -- "$2" >"$work/output.$1" 2>&1; }

lay_files "$work/old" "$files"
for order in "a.test" "b.test" "a.test b.test" "b.test a.test"; do
  cp -r "$work/old" "$work/${order// /-}"
  for target in $order; do retarget "$target" "$work/${order// /-}"; done
done

both=0 refused=0 mixed=0
for ((round = 1; round <= rounds; ++round)); do
  rm -rf "$work/now"
  cp -r "$work/old" "$work/now"
  retarget a.test "$work/now" & first=$!
  retarget b.test "$work/now" & second=$!
  status=0
  for run in "$first" "$second"; do
    code=0
    wait "$run" || code=$?
    ((code == 0 || code == 2)) || { echo "round $round: exit $code" >&2; cat "$work"/output.* >&2; exit 1; }
    status=$((status + code))
  done
  if ((status == 0)); then both=$((both + 1)); else refused=$((refused + 1)); fi
  kinds=
  while IFS= read -r file; do
    kind=
    for state in old a.test b.test a.test-b.test b.test-a.test; do
      if cmp -s "$work/now/$file" "$work/$state/$file"; then kind=$state; break; fi
    done
    [[ -n $kind ]] || { echo "round $round: $file is none of what the runs write" >&2; exit 1; }
    [[ " $kinds " == *" $kind "* ]] || kinds+=" $kind"
  done < <(cd "$work/old" && find . -type f)
  [[ $kinds == " ${kinds##* }" ]] || mixed=$((mixed + 1))
  [[ -z $(find "$work/now" -name '.imglint-*') ]] || { echo "round $round: temporary files are left" >&2; exit 1; }
done
echo "$rounds rounds over $files files: in $both both runs were done, in $refused one saw the other's changes and said so;" \
  "$mixed ended with files of both; no file lost or half written, no temporary file left"
