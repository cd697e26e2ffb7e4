// The options of nerdctl, as `nerdctl COMMAND --help` and its source name them, hidden aliases included
// (nerdctl 2, 2026).
#include "kinds/shell/options.hpp"

namespace imglint::shell {
namespace {

// Of all of its commands.
constexpr std::string_view common_flags =
    "--debug --debug-full --experimental --help --insecure-registry --kube-hide-dupe --selinux-enabled "
    "--version";
constexpr std::string_view common_values =
    "--address --bridge-ip --cdi-spec-dirs --cgroup-manager --cni-netconfpath --cni-path --data-root "
    "--host --host-gateway-ip --hosts-dir --namespace --snapshotter --storage-driver --userns-remap";

constexpr CommandOptions commands[] = {
    {.command = "", .flags = "-h -v", .values = "-H -a -n"},
    {.command = "container commit",
     .flags = "--estargz --pause --zstdchunked -h -p",
     .values = "--author --change --compression --estargz-chunk-size --estargz-compression-level "
               "--estargz-min-chunk-size --format --message --zstdchunked-chunk-size "
               "--zstdchunked-compression-level -a -c -m"},
    {.command = "container create",
     .flags = "--detach --init --interactive --no-healthcheck --oom-kill-disable --privileged --publish-all "
              "--quiet --read-only --rm --rootfs --sig-proxy --tty -P -d -i -q -t",
     .values =
         "--add-host --annotation --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop "
         "--cgroup-conf --cgroup-parent --cgroupns --cidfile --cosign-certificate-identity "
         "--cosign-certificate-identity-regexp --cosign-certificate-oidc-issuer "
         "--cosign-certificate-oidc-issuer-regexp --cosign-key --cpu-period --cpu-quota --cpu-rt-period "
         "--cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --detach-keys --device "
         "--device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-opt "
         "--dns-option --dns-search --domainname --entrypoint --env --env-file --expose --gpus "
         "--group-add --health-cmd --health-interval --health-retries --health-start-period "
         "--health-timeout --hostname --init-binary --ip --ip6 --ipc --ipfs-address --isolation "
         "--kernel-memory --label --label-file --log-driver --log-opt --mac-address --memory "
         "--memory-reservation --memory-swap --memory-swappiness --mount --name --net --network "
         "--oom-score-adj --pid --pidfile --pids-limit --platform --publish --pull --rdt-class --restart "
         "--runtime --security-opt --shm-size --stop-signal --stop-timeout --sysctl --systemd --tmpfs "
         "--ulimit --umask --user --userns --uts --verify --volume --volumes-from --workdir -a -e -h -l "
         "-m -p -u -v -w"},
    {.command = "container run",
     .flags = "--detach --init --interactive --no-healthcheck --oom-kill-disable --privileged --publish-all "
              "--quiet --read-only --rm --rootfs --sig-proxy --tty -P -d -i -q -t",
     .values =
         "--add-host --annotation --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop "
         "--cgroup-conf --cgroup-parent --cgroupns --cidfile --cosign-certificate-identity "
         "--cosign-certificate-identity-regexp --cosign-certificate-oidc-issuer "
         "--cosign-certificate-oidc-issuer-regexp --cosign-key --cpu-period --cpu-quota --cpu-rt-period "
         "--cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --detach-keys --device "
         "--device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-opt "
         "--dns-option --dns-search --domainname --entrypoint --env --env-file --expose --gpus "
         "--group-add --health-cmd --health-interval --health-retries --health-start-period "
         "--health-timeout --hostname --init-binary --ip --ip6 --ipc --ipfs-address --isolation "
         "--kernel-memory --label --label-file --log-driver --log-opt --mac-address --memory "
         "--memory-reservation --memory-swap --memory-swappiness --mount --name --net --network "
         "--oom-score-adj --pid --pidfile --pids-limit --platform --publish --pull --rdt-class --restart "
         "--runtime --security-opt --shm-size --stop-signal --stop-timeout --sysctl --systemd --tmpfs "
         "--ulimit --umask --user --userns --uts --verify --volume --volumes-from --workdir -a -e -h -l "
         "-m -p -u -v -w"},
    {.command = "image build",
     .flags = "--no-cache --pull --quiet --rm -h -q",
     .values =
         "--add-host --allow --attest --build-arg --build-context --buildkit-host --cache-from --cache-to "
         "--file --iidfile --label --network --output --platform --progress --provenance --sbom --secret "
         "--source-policy-file --ssh --tag --target -f -o -t"},
    {.command = "image history", .flags = "--human --no-trunc --quiet -H -h -q", .values = "--format -f"},
    {.command = "image import", .flags = "-h", .values = "--message --platform -m"},
    {.command = "image inspect", .flags = "-h", .values = "--format --mode --platform -f"},
    {.command = "image pull",
     .flags = "--all-platforms --quiet -h -q",
     .values = "--cosign-certificate-identity --cosign-certificate-identity-regexp "
               "--cosign-certificate-oidc-issuer --cosign-certificate-oidc-issuer-regexp --cosign-key "
               "--ipfs-address --platform --soci-index-digest --unpack --verify"},
    {.command = "image push",
     .flags = "--Allow pushing images with non-distributable blobs --all-platforms --all-tags --estargz "
              "--ipfs-ensure-image --quiet -a -h -q",
     .values = "--cosign-key --ipfs-address --notation-key-name --platform --sign --soci-min-layer-size "
               "--soci-span-size"},
    {.command = "image rm", .flags = "--async --force -f -h", .values = ""},
    {.command = "image save", .flags = "--all-platforms --quiet -h -q", .values = "--output --platform -o"},
    {.command = "image tag", .flags = "-h", .values = ""},
};

}  // namespace

constinit const ProgramOptions nerdctl_options{common_flags, common_values, commands};

}  // namespace imglint::shell
