#!/bin/sh
# Installs what is missing, builds imglint and tries it:
#   ./try.sh          builds the program and lets it check and retarget the demo project in fixtures/demo
#   ./try.sh --test   builds everything under the sanitizers and runs all tests, with clang where CXX names no other
# Both can be run again at any time; nothing outside of build/ is written, beside the packages that apt installs.
set -eu
cd "$(dirname "$0")"

packages="cmake ninja-build g++ libyaml-cpp-dev tao-pegtl-dev libcli11-dev nlohmann-json3-dev libre2-dev libtomlplusplus-dev
libcurl4-openssl-dev libssl-dev libpsl-dev"
case "${1-}" in
  '') ;;
  # Clang compiles the tests in half of GCC's time, and mold links them in half of the system's linker.
  --test) packages="$packages git libgtest-dev libgmock-dev clang libclang-rt-dev mold" ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

fail() { printf 'try.sh: %s\n' "$@" >&2; exit 2; }
say() { printf '\n== %s\n' "$*"; }
run() { printf '$ %s\n' "$*"; "$@"; }
shown() { printf '$ %s\n' "$*"; "$@" || [ $? -eq 1 ]; } # exit code 1 only says that there is something to report

missing_packages() {
  for package in $packages; do
    case "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" in
      *' installed') ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

install_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    for tool in cmake ninja c++; do
      command -v "$tool" >/dev/null && continue
      fail "'$tool' was not found, and there is no apt-get to install it with" \
        "imglint needs CMake 3.25, Ninja, a C++20 compiler, yaml-cpp, PEGTL 3.2, CLI11, nlohmann-json, RE2, toml++," \
        "libcurl, OpenSSL and libpsl for imglint-online (-DIMGLINT_ONLINE=OFF builds without it)," \
        "and for the tests GoogleTest" \
        "Homebrew: brew install cmake ninja yaml-cpp pegtl cli11 nlohmann-json re2 tomlplusplus curl openssl@3 libpsl googletest"
    done
    return 0 # CMake names the libraries that are missing
  fi
  missing=$(missing_packages)
  [ -n "$missing" ] || { echo "all packages are there"; return 0; }
  command="apt-get install -y --no-install-recommends $missing"
  if [ "$(id -u)" -eq 0 ]; then
    as_root=
  elif command -v sudo >/dev/null; then
    as_root=sudo
  else
    fail "packages are missing, and neither root nor sudo is at hand; have this run as root, then try again:" \
      "apt-get update && $command"
  fi
  # shellcheck disable=SC2086 # words on purpose
  run $as_root apt-get update -q
  # shellcheck disable=SC2086
  run $as_root env DEBIAN_FRONTEND=noninteractive $command
}

say "packages"
install_packages

# One test more than there are cores at a time: some wait for a registry or a clock.
tests=$(($(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1))
if [ "${1-}" = --test ]; then
  if [ -z "${CXX-}" ] && command -v clang++ >/dev/null && command -v mold >/dev/null; then
    export CXX=clang++ LDFLAGS="${LDFLAGS--fuse-ld=mold}"
  fi
  say "build and test under AddressSanitizer and UndefinedBehaviorSanitizer (build/dev, ${CXX-c++})"
  CTEST_PARALLEL_LEVEL=$tests run cmake --workflow --preset dev
  exit
fi

say "build (build/release)"
run cmake --workflow --preset release

say "check the demo project"
shown build/release/imglint check fixtures/demo

say "move it to another registry: what would change"
shown build/release/imglint retarget --to ghcr.io/acme --diff fixtures/demo
