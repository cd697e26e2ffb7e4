#!/bin/sh
# Looks whether a release build of imglint has what makes memory errors harder to exploit.
#   tests/hardening.sh PROGRAM
set -eu
program=$1
status=0

facts=$(readelf -W -h -l -d --dyn-syms "$program")

# expect WHAT PATTERN: a line of readelf's has it.
expect() {
  if printf '%s\n' "$facts" | grep -Eq "$2"; then echo "yes  $1"; else echo "NO   $1"; status=1; fi
}

expect 'position-independent executable' 'Type: +DYN'
expect 'read-only relocations (RELRO)' 'GNU_RELRO'
expect 'all symbols bound at the start (BIND_NOW)' 'BIND_NOW|Flags:.* NOW'
expect 'a stack that is not executable' 'GNU_STACK.* RW +0x'
expect 'stack protector' '__stack_chk_fail'
expect 'fortified calls (_FORTIFY_SOURCE)' '__[a-z]+_chk'
if printf '%s\n' "$facts" | grep -Eq ' (socket|connect|getaddrinfo)(@|$)'; then
  echo 'NO   no call that opens a connection'; status=1
else
  echo 'yes  no call that opens a connection'
fi
facts=$(strings "$program" | grep -F '__n < this->size()') || true
expect 'assertions of the C++ library' '__n < this'
exit $status
