#include "policy/facts/registries.hpp"

#include <algorithm>
#include <array>

#include "base/glob.hpp"

namespace imglint {
namespace {

constexpr std::string_view docker_hub = "docs.docker.com, \"Create a repository\"";
constexpr std::string_view ecr_private = "AWS API reference, CreateRepository";
constexpr std::string_view gcr = "cloud.google.com, \"Container Registry deprecation\"";
constexpr std::string_view acr = "learn.microsoft.com, \"Registries, repositories, and images\"";
constexpr std::string_view oracle = "docs.oracle.com, \"Overview of Container Registry\"";
constexpr std::string_view ibm = "cloud.ibm.com/docs/Registry";
constexpr std::string_view alibaba = "alibabacloud.com, Container Registry";
constexpr std::string_view red_hat = "access.redhat.com/RegistryAuthentication";
constexpr std::string_view scaleway = "scaleway.com, \"Container Registry\"";

// GitLab: twenty nested groups, the project, and two names below it.
// clang-format off
constexpr RegistryFact facts[] = {
    {"*-docker.pkg.dev", "Artifact Registry", "PROJECT/REPOSITORY/IMAGE", 3, 0, false, false, "cloud.google.com, \"Repository and image names\""},
    {"*-registry-vpc.*.cr.aliyuncs.com", "Alibaba Cloud", "NAMESPACE/REPOSITORY", 2, 0, false, false, alibaba},
    {"*-registry.*.cr.aliyuncs.com", "Alibaba Cloud", "NAMESPACE/REPOSITORY", 2, 0, false, false, alibaba},
    {"*.azurecr.io", "Azure Container Registry", "REPOSITORY", 1, 0, false, true, acr},
    {"*.dkr.ecr-fips.*.amazonaws.com", "Amazon ECR", "REPOSITORY", 1, 0, true, false, ecr_private},
    {"*.dkr.ecr.*.amazonaws.com", "Amazon ECR", "REPOSITORY", 1, 0, true, false, ecr_private},
    {"*.dkr.ecr.*.amazonaws.com.cn", "Amazon ECR", "REPOSITORY", 1, 0, true, false, ecr_private},
    {"*.icr.io", "IBM Cloud", "NAMESPACE/IMAGE", 2, 0, false, false, ibm},
    {"*.ocir.io", "Oracle Cloud", "TENANCY/REPOSITORY", 2, 0, false, false, oracle},
    {"asia.gcr.io", "Container Registry", "PROJECT/IMAGE", 2, 0, false, false, gcr},
    {"cgr.dev", "Chainguard", "ORGANISATION/IMAGE", 2, 2, false, false, "chainguard.dev"},
    {"crpi-*.*.personal.cr.aliyuncs.com", "Alibaba Cloud", "NAMESPACE/REPOSITORY", 2, 2, false, false, alibaba},
    {"dhi.io", "Docker Hardened Images", "IMAGE", 1, 0, false, false, "docs.docker.com/dhi"},
    {"docker.io", "Docker Hub", "NAMESPACE/NAME", 2, 2, false, false, docker_hub},
    {"docker.pkg.github.com", "GitHub Packages", "OWNER/REPOSITORY/IMAGE", 3, 3, false, false, "docs.github.com, \"Migrating to the Container registry\""},
    {"eu.gcr.io", "Container Registry", "PROJECT/IMAGE", 2, 0, false, false, gcr},
    {"gcr.io", "Container Registry", "PROJECT/IMAGE", 2, 0, false, false, gcr},
    {"ghcr.io", "GitHub's registry", "OWNER/IMAGE", 2, 0, false, false, "docs.github.com, \"Working with the Container registry\""},
    {"icr.io", "IBM Cloud", "NAMESPACE/IMAGE", 2, 0, false, false, ibm},
    {"k8s.gcr.io", "the old Kubernetes registry", "IMAGE", 1, 0, false, false, "kubernetes.io blog, 2023-03-10"},
    {"lscr.io", "LinuxServer", "linuxserver/IMAGE", 2, 2, false, false, "linuxserver.io"},
    {"mcr.microsoft.com", "Microsoft", "IMAGE", 1, 0, false, false, "techcommunity.microsoft.com, 2371104"},
    {"mirror.gcr.io", "Google's mirror of Docker Hub", "IMAGE", 1, 0, false, false, "cloud.google.com, \"Pull cached images\""},
    {"nvcr.io", "NVIDIA", "ORGANISATION[/TEAM]/IMAGE", 2, 3, false, false, "docs.nvidia.com, NGC"},
    {"ocir.*.oci.oraclecloud.com", "Oracle Cloud", "TENANCY/REPOSITORY", 2, 0, false, false, oracle},
    {"public.ecr.aws", "Amazon ECR Public", "ALIAS/REPOSITORY", 2, 0, false, false, "AWS documentation, \"Public registries\""},
    {"quay.io", "Quay", "ORGANISATION/REPOSITORY", 2, 0, false, false, "issues.redhat.com, PROJQUAY-543"},
    {"registry-internal.*.aliyuncs.com", "Alibaba Cloud", "NAMESPACE/REPOSITORY", 2, 2, false, false, alibaba},
    {"registry-vpc.*.aliyuncs.com", "Alibaba Cloud", "NAMESPACE/REPOSITORY", 2, 2, false, false, alibaba},
    {"registry.*.aliyuncs.com", "Alibaba Cloud", "NAMESPACE/REPOSITORY", 2, 2, false, false, alibaba},
    {"registry.access.redhat.com", "Red Hat", "NAMESPACE/IMAGE", 1, 0, false, false, red_hat},
    {"registry.connect.redhat.com", "Red Hat", "NAMESPACE/IMAGE", 1, 0, false, false, red_hat},
    {"registry.digitalocean.com", "DigitalOcean", "REGISTRY/IMAGE", 2, 0, false, false, "docs.digitalocean.com, \"Container Registry\""},
    {"registry.gitlab.com", "GitLab", "GROUP/PROJECT[/IMAGE]", 2, 23, false, false, "docs.gitlab.com, user/packages/container_registry"},
    {"registry.k8s.io", "Kubernetes", "IMAGE", 1, 0, false, false, "kubernetes.io blog, 2022-11-28"},
    {"registry.redhat.io", "Red Hat", "NAMESPACE/IMAGE", 1, 0, false, false, red_hat},
    {"rg.fr-par.scw.cloud", "Scaleway", "NAMESPACE/IMAGE", 2, 0, false, false, scaleway},
    {"rg.nl-ams.scw.cloud", "Scaleway", "NAMESPACE/IMAGE", 2, 0, false, false, scaleway},
    {"rg.pl-waw.scw.cloud", "Scaleway", "NAMESPACE/IMAGE", 2, 0, false, false, scaleway},
    {"us.gcr.io", "Container Registry", "PROJECT/IMAGE", 2, 0, false, false, gcr},
};
// clang-format on

constexpr bool has_star(const RegistryFact& fact) { return fact.host.find('*') != fact.host.npos; }

/// Those that stand for many hosts, which most hosts are compared with.
constexpr auto patterns = [] {
  std::array<const RegistryFact*, std::count_if(std::begin(facts), std::end(facts), has_star)> found = {};
  std::size_t count = 0;
  for (const RegistryFact& fact : facts)
    if (has_star(fact)) found[count++] = &fact;
  return found;
}();

}  // namespace

std::span<const RegistryFact> known_registries() { return facts; }

const RegistryFact* find_registry(std::string_view host) {
  const std::string_view bare = host.substr(0, host.rfind(':'));
  const auto literal =
      std::lower_bound(std::begin(facts), std::end(facts), bare,
                       [](const RegistryFact& fact, std::string_view h) { return fact.host < h; });
  if (literal != std::end(facts) && literal->host == bare) return literal;
  const auto pattern = std::find_if(patterns.begin(), patterns.end(), [&](const RegistryFact* fact) {
    return glob_matches(fact->host, bare, ".");
  });
  return pattern == patterns.end() ? nullptr : *pattern;
}

}  // namespace imglint
