#!/bin/sh
# One of the test files here, on the two programs: run.sh FILE IMGLINT IMGLINT_ONLINE
set -eu
for tool in python3 docker-registry skopeo openssl strace ldd; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy CI
export PYTHONDONTWRITEBYTECODE=1 IMGLINT_PROGRAM="$2" IMGLINT_ONLINE_PROGRAM="$3"
exec python3 "$(dirname "$0")/$1"
