#!/bin/sh
# Fills a folder with files whose reports hold everything that is hard to write: findings of every severity, fixes,
# related places, several lines, wide and odd characters in text and names, and files that cannot be judged.
set -eu
cd "$1"
mkdir -p app 'a b,c%:&<d>' deep/er
cat >app/Dockerfile <<'EOF'
# syntax=docker/dockerfile:1
ARG BASE=nginx
FROM ${BASE} AS web
FROM index.docker.io/library/redis:7 AS cache
FROM k8s.gcr.io/pause:3.9
COPY --from=ngnix:1.27 /a /b
RUN --mount=type=bind,from=golang:latest \
    true
EOF
printf 'FROM quay.io/Foo/bar:1\r\nFROM "基础/🐳":1\r\nFROM a<b>&"c'"'"'d]]>\r\n' >'a b,c%:&<d>/Dockerfile'
# shellcheck disable=SC2016 # the dollar is compose's
printf '\357\273\277services:\n  "基础 🐳": {image: redis}\n  b: {image: "${X}/y:1"}\n' >deep/er/compose.yaml
printf 'services:\n  a: &a\n    image: postgres\n  b:\n    <<: *a\n' >compose.yaml
printf 'FROM nginx:1.27\n' >deep/Dockerfile
printf 'FROM nginx\000\n' >deep/er/Dockerfile
printf 'services: [\n' >app/compose.yml
