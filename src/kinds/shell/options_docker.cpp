// The options of docker, as `docker COMMAND --help` and its source name them, hidden aliases included (docker
// 29 and buildx 0.30, 2026).
#include "kinds/shell/options.hpp"

namespace imglint::shell {
namespace {

// Of all of its commands.
constexpr std::string_view common_flags = "--help";
constexpr std::string_view common_values;

constexpr CommandOptions commands[] = {
    {.command = "",
     .flags = "--debug --tls --tlsverify --version -D -h -v",
     .values = "--config --context --host --log-level --tlscacert --tlscert --tlskey -H -c -l"},
    {.command = "buildx", .flags = "--debug -D -h", .values = "--builder"},
    {.command = "container commit",
     .flags = "--no-pause -h",
     .values = "--author --change --message -a -c -m"},
    {.command = "container create",
     .flags = "--disable-content-trust --init --interactive --no-healthcheck --oom-kill-disable --privileged "
              "--publish-all --quiet --read-only --rm --tty --use-api-socket -P -i -q -t",
     .values =
         "--add-host --annotation --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop "
         "--cgroup-parent --cgroupns --cidfile --cpu-count --cpu-percent --cpu-period --cpu-quota "
         "--cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device "
         "--device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps "
         "--device-write-iops --dns --dns-opt --dns-option --dns-search --domainname --entrypoint --env "
         "--env-file --expose --gpus --group-add --health-cmd --health-interval --health-retries "
         "--health-start-interval --health-start-period --health-timeout --hostname --io-maxbandwidth "
         "--io-maxiops --ip --ip6 --ipc --isolation --kernel-memory --label --label-file --link "
         "--link-local-ip --log-driver --log-opt --mac-address --memory --memory-reservation "
         "--memory-swap --memory-swappiness --mount --name --net --net-alias --network --network-alias "
         "--oom-score-adj --pid --pids-limit --platform --publish --pull --restart --runtime "
         "--security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit "
         "--user --userns --uts --volume --volume-driver --volumes-from --workdir -a -c -e -h -l -m -p -u "
         "-v -w"},
    {.command = "container run",
     .flags =
         "--detach --disable-content-trust --init --interactive --no-healthcheck --oom-kill-disable "
         "--privileged --publish-all --quiet --read-only --rm --sig-proxy --tty --use-api-socket -P -d -i "
         "-q -t",
     .values =
         "--add-host --annotation --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop "
         "--cgroup-parent --cgroupns --cidfile --cpu-count --cpu-percent --cpu-period --cpu-quota "
         "--cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --detach-keys "
         "--device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps "
         "--device-write-iops --dns --dns-opt --dns-option --dns-search --domainname --entrypoint --env "
         "--env-file --expose --gpus --group-add --health-cmd --health-interval --health-retries "
         "--health-start-interval --health-start-period --health-timeout --hostname --io-maxbandwidth "
         "--io-maxiops --ip --ip6 --ipc --isolation --kernel-memory --label --label-file --link "
         "--link-local-ip --log-driver --log-opt --mac-address --memory --memory-reservation "
         "--memory-swap --memory-swappiness --mount --name --net --net-alias --network --network-alias "
         "--oom-score-adj --pid --pids-limit --platform --publish --pull --restart --runtime "
         "--security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit "
         "--user --userns --uts --volume --volume-driver --volumes-from --workdir -a -c -e -h -l -m -p -u "
         "-v -w"},
    {.command = "image build",
     .flags = "--check --compress --debug --disable-content-trust --force-rm --load --no-cache --pull --push "
              "--quiet --rm --squash -D -h -q",
     .values =
         "--add-host --allow --annotation --attest --build-arg --build-context --builder --cache-from "
         "--cache-to --call --cgroup-parent --cpu-period --cpu-quota --cpu-shares --cpuset-cpus "
         "--cpuset-mems --file --iidfile --isolation --label --memory --memory-swap --metadata-file "
         "--network --no-cache-filter --output --platform --policy --print --progress --provenance "
         "--resource --sbom --secret --security-opt --shm-size --ssh --tag --target --ulimit -c -f -m -o "
         "-t"},
    {.command = "image history",
     .flags = "--human --no-trunc --quiet -H -h -q",
     .values = "--format --platform"},
    {.command = "image import", .flags = "-h", .values = "--change --message --platform -c -m"},
    {.command = "image inspect", .flags = "-h", .values = "--format --platform -f"},
    {.command = "image pull",
     .flags = "--all-tags --disable-content-trust --quiet -a -h -q",
     .values = "--platform"},
    {.command = "image push",
     .flags = "--all-tags --disable-content-trust --quiet -a -h -q",
     .values = "--platform"},
    {.command = "image rm", .flags = "--force --no-prune -f -h", .values = "--platform"},
    {.command = "image save", .flags = "-h", .values = "--output --platform -o"},
    {.command = "image tag", .flags = "-h", .values = ""},
    {.command = "imagetools create",
     .flags = "--append --debug --dry-run --prefer-index -D -h",
     .values = "--annotation --builder --file --metadata-file --platform --progress --tag -f -p -t"},
    {.command = "imagetools inspect", .flags = "--debug --raw -D -h", .values = "--builder --format"},
    {.command = "manifest create", .flags = "--amend --insecure -a -h", .values = ""},
    {.command = "manifest inspect", .flags = "--insecure --verbose -h -v", .values = ""},
    {.command = "manifest push", .flags = "--insecure --purge -h -p", .values = ""},
    {.command = "service create",
     .flags = "--detach --init --no-healthcheck --no-resolve-image --quiet --read-only --tty "
              "--with-registry-auth -d -h -q -t",
     .values =
         "--cap-add --cap-drop --config --constraint --container-label --credential-spec --dns "
         "--dns-option --dns-search --endpoint-mode --entrypoint --env --env-file --generic-resource "
         "--group --health-cmd --health-interval --health-retries --health-start-interval "
         "--health-start-period --health-timeout --host --hostname --isolation --label --limit-cpu "
         "--limit-memory --limit-pids --log-driver --log-opt --max-concurrent --memory-swap "
         "--memory-swappiness --mode --mount --name --network --oom-score-adj --placement-pref --publish "
         "--replicas --replicas-max-per-node --reserve-cpu --reserve-memory --restart-condition "
         "--restart-delay --restart-max-attempts --restart-window --rollback-delay "
         "--rollback-failure-action --rollback-max-failure-ratio --rollback-monitor --rollback-order "
         "--rollback-parallelism --secret --stop-grace-period --stop-signal --sysctl --ulimit "
         "--update-delay --update-failure-action --update-max-failure-ratio --update-monitor "
         "--update-order --update-parallelism --user --workdir -e -l -p -u -w"},
    {.command = "service update",
     .flags = "--detach --force --init --no-healthcheck --no-resolve-image --quiet --read-only --rollback "
              "--tty --with-registry-auth -d -h -q -t",
     .values =
         "--args --cap-add --cap-drop --config-add --config-rm --constraint-add --constraint-rm "
         "--container-label-add --container-label-rm --credential-spec --dns-add --dns-option-add "
         "--dns-option-rm --dns-rm --dns-search-add --dns-search-rm --endpoint-mode --entrypoint "
         "--env-add --env-rm --generic-resource-add --generic-resource-rm --group-add --group-rm "
         "--health-cmd --health-interval --health-retries --health-start-interval --health-start-period "
         "--health-timeout --host-add --host-rm --hostname --image --isolation --label-add --label-rm "
         "--limit-cpu --limit-memory --limit-pids --log-driver --log-opt --max-concurrent --memory-swap "
         "--memory-swappiness --mount-add --mount-rm --network-add --network-rm --oom-score-adj "
         "--placement-pref-add --placement-pref-rm --publish-add --publish-rm --replicas "
         "--replicas-max-per-node --reserve-cpu --reserve-memory --restart-condition --restart-delay "
         "--restart-max-attempts --restart-window --rollback-delay --rollback-failure-action "
         "--rollback-max-failure-ratio --rollback-monitor --rollback-order --rollback-parallelism "
         "--secret-add --secret-rm --stop-grace-period --stop-signal --sysctl-add --sysctl-rm "
         "--ulimit-add --ulimit-rm --update-delay --update-failure-action --update-max-failure-ratio "
         "--update-monitor --update-order --update-parallelism --user --workdir -u -w"},
};

}  // namespace

constinit const ProgramOptions docker_options{common_flags, common_values, commands};

}  // namespace imglint::shell
