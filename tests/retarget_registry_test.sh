#!/bin/sh
# Moves a project from one registry on loopback to another: the files by imglint, the images by its skopeo plan.
# Then every name in the files must be found at the new place, with the same digest.
# Skipped (77) where skopeo or docker-registry are not installed.
set -eu
imglint=$1

for tool in skopeo docker-registry sha256sum tar gzip; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

work=$(mktemp -d)
registries=
cleanup() {
  for process in $registries; do kill "$process" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM
cd "$work"
no_proxy=localhost,127.0.0.1 NO_PROXY=localhost,127.0.0.1
export no_proxy NO_PROXY
fail() { printf 'failed: %s\n' "$*" >&2; exit 1; }

# --- two registries, on the first ports that are free ---
start_registry() { # NAME FIRST_PORT: sets $port
  port=$2
  while [ "$port" -lt $(($2 + 20)) ]; do
    printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "127.0.0.1:%s"}\n' \
      "$work/$1" "$port" >"$1.yml"
    docker-registry serve "$1.yml" >"$1.log" 2>&1 &
    process=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
      if grep -q 'listening on' "$1.log"; then registries="$registries $process"; return 0; fi
      kill -0 "$process" 2>/dev/null || break
      sleep 0.5
    done
    kill "$process" 2>/dev/null || true
    port=$((port + 1))
  done
  cat "$1.log" >&2
  fail "no registry came up"
}
start_registry old $((20000 + $$ % 15000)); old=localhost:$port
start_registry new $((40000 + $$ % 15000)); new=localhost:$port
printf '[[registry]]\nlocation = "%s"\ninsecure = true\n[[registry]]\nlocation = "%s"\ninsecure = true\n' \
  "$old" "$new" >registries.conf
printf '{"default": [{"type": "insecureAcceptAnything"}]}\n' >policy.json
# The plan's commands as they are, but for what a registry without TLS needs.
mkdir bin
printf '#!/bin/sh\nexec %s --policy %s --registries-conf %s "$@"\n' "$(command -v skopeo)" "$work/policy.json" \
  "$work/registries.conf" >bin/skopeo
chmod +x bin/skopeo
PATH="$work/bin:$PATH"

# --- an image for two platforms ---
mkdir -p layout/blobs/sha256
printf '{"imageLayoutVersion": "1.0.0"}' >layout/oci-layout
blob() { # FILE: moves it in, sets $digest and $size
  digest=$(sha256sum "$1" | cut -d' ' -f1)
  size=$(wc -c <"$1" | tr -d ' ')
  mv "$1" "layout/blobs/sha256/$digest"
}
manifests=
for platform in amd64 arm64; do
  printf 'for %s\n' "$platform" >hello
  tar --mtime=@0 --owner=0 --group=0 -cf layer.tar hello
  diff_id=$(sha256sum layer.tar | cut -d' ' -f1)
  gzip -n layer.tar
  blob layer.tar.gz; layer="{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:$digest\",\"size\":$size}"
  printf '{"architecture":"%s","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$platform" "$diff_id" >config
  blob config; config="{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:$digest\",\"size\":$size}"
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}' \
    "$config" "$layer" >manifest
  blob manifest
  manifests="$manifests${manifests:+,}{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:$digest\",\"size\":$size,\"platform\":{\"architecture\":\"$platform\",\"os\":\"linux\"}}"
done
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s]}' "$manifests" >index
blob index; image=$digest
printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"sha256:%s","size":%s,"annotations":{"org.opencontainers.image.ref.name":"it"}}]}' \
  "$image" "$size" >layout/index.json
for name in acme/base:1.0 acme/app:2.1 acme/tool:latest acme/pinned:3; do
  skopeo copy --quiet --all --preserve-digests oci:layout:it "docker://$old/$name"
done

# --- a project that uses it ---
mkdir project && cd project
cat >Dockerfile <<END
ARG REGISTRY=$old
FROM \${REGISTRY}/acme/base:1.0 AS build
FROM build
COPY --from=$old/acme/tool /hello /tool
END
cat >compose.yaml <<END
services:
  app: {image: "$old/acme/app:2.1@sha256:$image"}
  pinned:
    image: $old/acme/pinned@sha256:$image
END
"$imglint" retarget --to "$new/mirror" --dry-run --plan verify=../verify.sh
"$imglint" retarget --to "$new/mirror" --plan skopeo=../plan.sh .
cat ../plan.sh
[ "$(grep -c '^skopeo copy ' ../plan.sh)" = 4 ] || fail "the plan has not four copies"
grep -q "$old" Dockerfile compose.yaml && fail "the old registry still stands in the files"

# --- nothing is there before the plan, everything after it ---
if sh -e ../verify.sh 2>/dev/null; then fail "the targets are there before the copy"; fi
sh -e ../plan.sh >../plan.log || { cat ../plan.log; fail "the plan does not run"; }
sh -e ../verify.sh || fail "a target is missing"
for name in base:1.0 app:2.1 tool:latest "pinned@sha256:$image"; do
  found=$(skopeo inspect --raw "docker://$new/mirror/acme/$name" | sha256sum | cut -d' ' -f1)
  [ "$found" = "$image" ] || fail "$name has the digest $found, not $image"
done
"$imglint" retarget --to "$new/mirror" --check . || fail "a second run would change something"
echo "all images are at $new with their digests"
