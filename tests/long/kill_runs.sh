#!/bin/bash
# Kills `imglint retarget` over a folder of many files, and looks after each kill: every file must be the old or
# the new one. Half of the kills come at a random moment, the others as soon as some file was renamed. At the
# end one run is left alone and must clean up.
#   tests/long/kill_runs.sh PROGRAM [RUNS] [FILES]        (200 runs over 500 files unless said otherwise)
set -euo pipefail
# shellcheck source=/dev/null
. "$(dirname "$0")/many_files.sh"

program=$(realpath "$1")
runs=${2:-200}
files=${3:-500}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
retarget() { "$program" retarget --to ghcr.io/org -- "$1" >"$work/output" 2>&1; }

lay_files "$work/old" "$files"
cp -r "$work/old" "$work/new"
mapfile -t names < <(cd "$work/old" && find . -type f)
begin=$(date +%s%N)
retarget "$work/new"
whole=$(($(date +%s%N) - begin))
if diff -rq "$work/old" "$work/new" >/dev/null; then
  echo "retarget changed nothing: nothing to test" >&2
  cat "$work/output" >&2
  exit 1
fi

untouched=0 partly=0 complete=0 left=0
for ((run = 1; run <= runs; ++run)); do
  rm -rf "$work/now"
  cp -r "$work/old" "$work/now"
  touch "$work/stamp"
  "$program" retarget --to ghcr.io/org -- "$work/now" >/dev/null 2>&1 &
  victim=$!
  if ((run % 2)); then
    sleep "$(awk -v whole="$whole" -v part="$RANDOM" 'BEGIN { printf "%.6f", whole / 1e9 * part / 32768 }')"
  else
    watched="$work/now/${names[RANDOM % files]}"
    until [[ $watched -nt $work/stamp ]] || ! kill -0 "$victim" 2>/dev/null; do :; done
  fi
  kill -9 "$victim" 2>/dev/null || true
  wait "$victim" 2>/dev/null || true
  changed=0
  while IFS= read -r -d '' file; do
    if cmp -s "$work/now/$file" "$work/new/$file"; then
      changed=$((changed + 1))
    elif ! cmp -s "$work/now/$file" "$work/old/$file"; then
      echo "run $run: $file is neither old nor new" >&2
      exit 1
    fi
  done < <(cd "$work/old" && find . -type f -print0)
  left=$((left + $(find "$work/now" -name '.imglint-*' | wc -l)))
  case $changed in
    0) untouched=$((untouched + 1)) ;;
    "$files") complete=$((complete + 1)) ;;
    *) partly=$((partly + 1)) ;;
  esac
done

retarget "$work/now"
diff -r "$work/new" "$work/now"
echo "$runs runs killed over $files files: $untouched before, $partly between and $complete after the renames;" \
  "no file lost or half written; $left temporary files left by kills, all gone after the next run"
