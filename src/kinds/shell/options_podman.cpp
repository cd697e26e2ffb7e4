// The options of podman, as `podman COMMAND --help` and its source name them, hidden aliases included (podman
// 6, 2026).
#include "kinds/shell/options.hpp"

namespace imglint::shell {
namespace {

// Of all of its commands.
constexpr std::string_view common_flags = "--help --syslog --transient-store --version";
constexpr std::string_view common_values =
    "--cgroup-manager --conmon --events-backend --hooks-dir --imagestore --log-level --network-cmd-path "
    "--network-config-dir --root --runroot --runtime --runtime-flag --storage-driver --storage-opt "
    "--tmpdir --volumepath";

constexpr CommandOptions commands[] = {
    {.command = "",
     .flags = "--remote -h -r -v",
     .values = "--config --connection --identity --module --out --ssh --url -c"},
    {.command = "container commit",
     .flags = "--include-volumes --pause --quiet --squash -h -p -q -s",
     .values = "--author --change --config --format --iidfile --message -a -c -f -m"},
    {.command = "container create",
     .flags = "--disable-content-trust --env-host --http-proxy --init --interactive --no-healthcheck "
              "--no-hostname --no-hosts --oom-kill-disable --privileged --publish-all --quiet --read-only "
              "--read-only-tmpfs --replace --rm --rootfs --tls-verify --tty --unsetenv-all -P -i -q -t",
     .values =
         "--add-host --annotation --arch --attach --authfile --blkio-weight --blkio-weight-device "
         "--cap-add --cap-drop --cert-dir --cgroup-conf --cgroup-parent --cgroupns --cgroups --chrootdirs "
         "--cidfile --conmon-pidfile --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime "
         "--cpu-shares --cpus --cpuset-cpus --cpuset-mems --creds --decryption-key --device "
         "--device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps "
         "--device-write-iops --dns --dns-opt --dns-option --dns-search --entrypoint --env --env-file "
         "--env-merge --expose --gidmap --gpus --group-add --group-entry --health-cmd --health-interval "
         "--health-log-destination --health-max-log-count --health-max-log-size --health-on-failure "
         "--health-retries --health-start-period --health-startup-cmd --health-startup-interval "
         "--health-startup-retries --health-startup-success --health-startup-timeout --health-timeout "
         "--healthcheck-command --healthcheck-interval --healthcheck-retries --healthcheck-start-period "
         "--healthcheck-timeout --hostname --hosts-file --hostuser --image-volume --init-ctr --init-path "
         "--ip --ip6 --ipc --label --label-file --link-local-ip --log-driver --log-opt --mac-address "
         "--memory --memory-reservation --memory-swap --memory-swappiness --mount --name --net --network "
         "--network-alias --oom-score-adj --os --override-arch --override-os --override-variant "
         "--passwd-entry --personality --pid --pidfile --pids-limit --platform --pod --pod-id-file "
         "--publish --pull --rdt-class --requires --restart --retry --retry-delay --sdnotify "
         "--seccomp-policy --secret --security-opt --shm-size --shm-size-systemd --stop-signal "
         "--stop-timeout --subgidname --subuidname --sysctl --systemd --timeout --tmpfs --tz --uidmap "
         "--ulimit --umask --unsetenv --user --userns --uts --variant --volume --volumes-from --workdir "
         "-a -c -e -h -l -m -p -u -v -w"},
    {.command = "container run",
     .flags =
         "--detach --disable-content-trust --env-host --http-proxy --init --interactive --no-healthcheck "
         "--no-hostname --no-hosts --oom-kill-disable --passwd --privileged --publish-all --quiet "
         "--read-only --read-only-tmpfs --replace --rm --rmi --rootfs --sig-proxy --tls-verify --tty "
         "--unsetenv-all -P -d -i -q -t",
     .values =
         "--add-host --annotation --arch --attach --authfile --blkio-weight --blkio-weight-device "
         "--cap-add --cap-drop --cert-dir --cgroup-conf --cgroup-parent --cgroupns --cgroups --chrootdirs "
         "--cidfile --conmon-pidfile --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime "
         "--cpu-shares --cpus --cpuset-cpus --cpuset-mems --creds --decryption-key --detach-keys --device "
         "--device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps "
         "--device-write-iops --dns --dns-opt --dns-option --dns-search --entrypoint --env --env-file "
         "--env-merge --expose --gidmap --gpus --group-add --group-entry --health-cmd --health-interval "
         "--health-log-destination --health-max-log-count --health-max-log-size --health-on-failure "
         "--health-retries --health-start-period --health-startup-cmd --health-startup-interval "
         "--health-startup-retries --health-startup-success --health-startup-timeout --health-timeout "
         "--healthcheck-command --healthcheck-interval --healthcheck-retries --healthcheck-start-period "
         "--healthcheck-timeout --hostname --hosts-file --hostuser --image-volume --init-path --ip --ip6 "
         "--ipc --label --label-file --link-local-ip --log-driver --log-opt --mac-address --memory "
         "--memory-reservation --memory-swap --memory-swappiness --mount --name --net --network "
         "--network-alias --oom-score-adj --os --override-arch --override-os --override-variant "
         "--passwd-entry --personality --pid --pidfile --pids-limit --platform --pod --pod-id-file "
         "--preserve-fd --preserve-fds --publish --pull --rdt-class --requires --restart --retry "
         "--retry-delay --sdnotify --seccomp-policy --secret --security-opt --shm-size --shm-size-systemd "
         "--stop-signal --stop-timeout --subgidname --subuidname --sysctl --systemd --timeout --tmpfs "
         "--tz --uidmap --ulimit --umask --unsetenv --user --userns --uts --variant --volume "
         "--volumes-from --workdir -a -c -e -h -l -m -p -u -v -w"},
    {.command = "image build",
     .flags =
         "--all-platforms --compat-volumes --compress --created-annotation --disable-compression "
         "--disable-content-trust --force-rm --http-proxy --identity-label --inherit-annotations "
         "--inherit-labels --layers --logsplit --no-cache --no-hostname --no-hosts --omit-history --pull "
         "--quiet --rewrite-timestamp --rm --save-stages --skip-unused-stages --squash --squash-all "
         "--stage-labels --stdin --tls-verify -D -h -q",
     .values =
         "--add-host --annotation --arch --authfile --build-arg --build-arg-file --build-context "
         "--cache-from --cache-to --cache-ttl --cap-add --cap-drop --cert-dir --cgroup-parent --cgroupns "
         "--cpp-flag --cpu-period --cpu-quota --cpu-shares --cpuset-cpus --cpuset-mems --creds --cw "
         "--decryption-key --device --dns --dns-option --dns-search --env --file --format --from "
         "--group-add --ignorefile --iidfile --iidfile-raw --ipc --isolation --jobs --label --layer-label "
         "--logfile --manifest --memory --memory-swap --metadata-file --net --network --os --os-feature "
         "--os-version --output --override-arch --override-os --pid --platform --retry --retry-delay "
         "--sbom --sbom-image-output --sbom-image-purl-output --sbom-merge-strategy --sbom-output "
         "--sbom-purl-output --sbom-scanner-command --sbom-scanner-image --secret --security-opt "
         "--shm-size --sign-by --source-date-epoch --source-policy-file --ssh --tag --target --timestamp "
         "--ulimit --unsetannotation --unsetenv --unsetlabel --userns --userns-gid-map "
         "--userns-gid-map-group --userns-uid-map --userns-uid-map-user --uts --variant --volume -c -f -m "
         "-o -t -v"},
    {.command = "image history", .flags = "--human --no-trunc --quiet -H -h -q", .values = "--format"},
    {.command = "image import",
     .flags = "--quiet -h -q",
     .values = "--arch --change --message --os --variant -c -m"},
    {.command = "image inspect", .flags = "-h", .values = "--format -f"},
    {.command = "image pull",
     .flags = "--all-tags --disable-content-trust --quiet --tls-verify -a -h -q",
     .values = "--arch --authfile --cert-dir --creds --decryption-key --os --platform --policy --retry "
               "--retry-delay --variant"},
    {.command = "image push",
     .flags =
         "--compress --disable-content-trust --force-compression --quiet --remove-signatures --tls-verify "
         "-h -q",
     .values = "--authfile --cert-dir --compression-format --compression-level --creds --digestfile "
               "--encrypt-layer --encryption-key --format --retry --retry-delay --sign-by --sign-by-sigstore "
               "--sign-by-sigstore-private-key --sign-by-sq-fingerprint --sign-passphrase-file -f"},
    {.command = "image rm", .flags = "--all --force --ignore --no-prune -a -f -h -i", .values = ""},
    {.command = "image save",
     .flags = "--compress --multi-image-archive --quiet --uncompressed -h -m -q",
     .values = "--format --output -o"},
    {.command = "image tag", .flags = "-h", .values = ""},
    {.command = "manifest create", .flags = "--all --amend --tls-verify -a -h", .values = "--annotation"},
    {.command = "manifest inspect", .flags = "--tls-verify -h", .values = "--authfile"},
    {.command = "manifest push",
     .flags = "--all --force-compression --quiet --remove-signatures --rm --tls-verify -h -q",
     .values = "--add-compression --authfile --cert-dir --compression-format --compression-level --creds "
               "--digestfile --format --sign-by --sign-by-sigstore --sign-by-sigstore-private-key "
               "--sign-passphrase-file -f"},
};

}  // namespace

constinit const ProgramOptions podman_options{common_flags, common_values, commands};

}  // namespace imglint::shell
