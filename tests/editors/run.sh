#!/bin/sh
# Drives the language server by real clients: run.sh neovim|eglot|protocol|lsp-mode|ale PROGRAM. Exit code 77: the client is not here.
set -eu

client=$1
IMGLINT_PROGRAM=$2
IMGLINT_SOURCE=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd)
export IMGLINT_PROGRAM IMGLINT_SOURCE

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
HOME=$folder/home
XDG_CONFIG_HOME=$HOME/.config XDG_STATE_HOME=$HOME/.local/state XDG_DATA_HOME=$HOME/.local/share
export HOME XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME
mkdir -p "$XDG_CONFIG_HOME" "$XDG_STATE_HOME" "$XDG_DATA_HOME" "$folder/work"
cd "$folder/work"
printf 'rules: {redundant-registry: warning}\n' >.imglint.yaml
cat >Dockerfile <<'END'
ARG TAG=latest
FROM alpine:$TAG
FROM docker.io/library/nginx:1.27 AS web
FROM redis
COPY --from=web /a /b
END
mkdir base over
cat >base/pod.yaml <<'END'
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: docker.io/acme/web:1
  - name: cache
    image: redis
END
printf 'resources: [pod.yaml]\n' >base/kustomization.yaml
printf 'resources: [../base]\nimages:\n- name: docker.io/acme/web\n  newTag: "2"\n' >over/kustomization.yaml

need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "$1 is not installed"
  exit 77
}

case $client in
  neovim)
    need nvim
    timeout 150 nvim -n --headless --clean --cmd "let g:imglint_program = '$IMGLINT_PROGRAM'" \
      --cmd "luafile $IMGLINT_SOURCE/editors/neovim/imglint.lua" Dockerfile -c "luafile $IMGLINT_SOURCE/tests/editors/neovim.lua"
    ;;
  eglot)
    need emacs
    emacs --batch --eval "(progn (package-initialize) (require 'eglot) (require 'dockerfile-mode))" 2>/dev/null || {
      echo 'eglot and dockerfile-mode are not installed'
      exit 77
    }
    timeout 150 emacs --batch -l "$IMGLINT_SOURCE/tests/editors/eglot.el"
    ;;
  lsp-mode)
    need emacs
    emacs --batch --eval "(progn (package-initialize) (require 'lsp-mode) (require 'dockerfile-mode))" 2>/dev/null || {
      echo 'lsp-mode and dockerfile-mode are not installed'
      exit 77
    }
    timeout 150 emacs --batch -l "$IMGLINT_SOURCE/tests/editors/lsp-mode.el"
    ;;
  ale)
    need vim.nox
    timeout 150 vim.nox -n -N -u NONE -i NONE --not-a-term -S "$IMGLINT_SOURCE/tests/editors/ale.vim" </dev/null >"$folder/screen" 2>"$folder/said" || {
      cat "$folder/said"
      exit 1
    }
    echo 'ale: ok'
    ;;
  protocol)
    need node
    need npm
    # A folder that keeps what npm installed, so that it is fetched once.
    modules=${IMGLINT_NODE_MODULES:-${TMPDIR:-/tmp}/imglint-protocol-client}
    mkdir -p "$modules"
    cp "$IMGLINT_SOURCE/tests/editors/protocol/package.json" "$IMGLINT_SOURCE/tests/editors/protocol/package-lock.json" "$modules"
    (cd "$modules" && { npm ls >/dev/null 2>&1 || npm ci --silent --no-audit --no-fund --cache "$folder/npm"; }) || {
      echo 'the packages of the protocol client cannot be installed'
      exit 77
    }
    cp "$IMGLINT_SOURCE"/tests/editors/protocol/*.mjs "$modules"
    timeout 150 node "$modules/client.mjs" "$folder/work"
    ;;
  *)
    echo "no such client: $client" >&2
    exit 2
    ;;
esac
