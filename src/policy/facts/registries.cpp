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
    {.host = "*-docker.pkg.dev", .name = "Artifact Registry", .shape = "PROJECT/REPOSITORY/IMAGE", .min_components = 3, .source = "cloud.google.com, \"Repository and image names\""},
    {.host = "*-registry-vpc.*.cr.aliyuncs.com", .name = "Alibaba Cloud", .shape = "NAMESPACE/REPOSITORY", .min_components = 2, .source = alibaba},
    {.host = "*-registry.*.cr.aliyuncs.com", .name = "Alibaba Cloud", .shape = "NAMESPACE/REPOSITORY", .min_components = 2, .source = alibaba},
    {.host = "*.azurecr.io", .name = "Azure Container Registry", .shape = "REPOSITORY", .no_port = true, .source = acr},
    {.host = "*.dkr.ecr-fips.*.amazonaws.com", .name = "Amazon ECR", .shape = "REPOSITORY", .single_separators = true, .source = ecr_private},
    {.host = "*.dkr.ecr.*.amazonaws.com", .name = "Amazon ECR", .shape = "REPOSITORY", .single_separators = true, .source = ecr_private},
    {.host = "*.dkr.ecr.*.amazonaws.com.cn", .name = "Amazon ECR", .shape = "REPOSITORY", .single_separators = true, .source = ecr_private},
    {.host = "*.icr.io", .name = "IBM Cloud", .shape = "NAMESPACE/IMAGE", .min_components = 2, .source = ibm},
    {.host = "*.ocir.io", .name = "Oracle Cloud", .shape = "TENANCY/REPOSITORY", .min_components = 2, .source = oracle},
    {.host = "asia.gcr.io", .name = "Container Registry", .shape = "PROJECT/IMAGE", .min_components = 2, .source = gcr},
    {.host = "cgr.dev", .name = "Chainguard", .shape = "ORGANISATION/IMAGE", .min_components = 2, .max_components = 2, .source = "chainguard.dev"},
    {.host = "crpi-*.*.personal.cr.aliyuncs.com", .name = "Alibaba Cloud", .shape = "NAMESPACE/REPOSITORY", .min_components = 2, .max_components = 2, .source = alibaba},
    {.host = "dhi.io", .name = "Docker Hardened Images", .shape = "IMAGE", .source = "docs.docker.com/dhi"},
    {.host = "docker.io", .name = "Docker Hub", .shape = "NAMESPACE/NAME", .min_components = 2, .max_components = 2, .source = docker_hub},
    {.host = "docker.pkg.github.com", .name = "GitHub Packages", .shape = "OWNER/REPOSITORY/IMAGE", .min_components = 3, .max_components = 3, .source = "docs.github.com, \"Migrating to the Container registry\""},
    {.host = "eu.gcr.io", .name = "Container Registry", .shape = "PROJECT/IMAGE", .min_components = 2, .source = gcr},
    {.host = "gcr.io", .name = "Container Registry", .shape = "PROJECT/IMAGE", .min_components = 2, .source = gcr},
    {.host = "ghcr.io", .name = "GitHub's registry", .shape = "OWNER/IMAGE", .min_components = 2, .source = "docs.github.com, \"Working with the Container registry\""},
    {.host = "icr.io", .name = "IBM Cloud", .shape = "NAMESPACE/IMAGE", .min_components = 2, .source = ibm},
    {.host = "k8s.gcr.io", .name = "the old Kubernetes registry", .shape = "IMAGE", .source = "kubernetes.io blog, 2023-03-10"},
    {.host = "lscr.io", .name = "LinuxServer", .shape = "linuxserver/IMAGE", .min_components = 2, .max_components = 2, .source = "linuxserver.io"},
    {.host = "mcr.microsoft.com", .name = "Microsoft", .shape = "IMAGE", .source = "techcommunity.microsoft.com, 2371104"},
    {.host = "mirror.gcr.io", .name = "Google's mirror of Docker Hub", .shape = "IMAGE", .source = "cloud.google.com, \"Pull cached images\""},
    {.host = "nvcr.io", .name = "NVIDIA", .shape = "ORGANISATION[/TEAM]/IMAGE", .min_components = 2, .max_components = 3, .source = "docs.nvidia.com, NGC"},
    {.host = "ocir.*.oci.oraclecloud.com", .name = "Oracle Cloud", .shape = "TENANCY/REPOSITORY", .min_components = 2, .source = oracle},
    {.host = "public.ecr.aws", .name = "Amazon ECR Public", .shape = "ALIAS/REPOSITORY", .min_components = 2, .source = "AWS documentation, \"Public registries\""},
    {.host = "quay.io", .name = "Quay", .shape = "ORGANISATION/REPOSITORY", .min_components = 2, .source = "issues.redhat.com, PROJQUAY-543"},
    {.host = "registry-internal.*.aliyuncs.com", .name = "Alibaba Cloud", .shape = "NAMESPACE/REPOSITORY", .min_components = 2, .max_components = 2, .source = alibaba},
    {.host = "registry-vpc.*.aliyuncs.com", .name = "Alibaba Cloud", .shape = "NAMESPACE/REPOSITORY", .min_components = 2, .max_components = 2, .source = alibaba},
    {.host = "registry.*.aliyuncs.com", .name = "Alibaba Cloud", .shape = "NAMESPACE/REPOSITORY", .min_components = 2, .max_components = 2, .source = alibaba},
    {.host = "registry.access.redhat.com", .name = "Red Hat", .shape = "NAMESPACE/IMAGE", .source = red_hat},
    {.host = "registry.connect.redhat.com", .name = "Red Hat", .shape = "NAMESPACE/IMAGE", .source = red_hat},
    {.host = "registry.digitalocean.com", .name = "DigitalOcean", .shape = "REGISTRY/IMAGE", .min_components = 2, .source = "docs.digitalocean.com, \"Container Registry\""},
    {.host = "registry.gitlab.com", .name = "GitLab", .shape = "GROUP/PROJECT[/IMAGE]", .min_components = 2, .max_components = 23, .source = "docs.gitlab.com, user/packages/container_registry"},
    {.host = "registry.k8s.io", .name = "Kubernetes", .shape = "IMAGE", .source = "kubernetes.io blog, 2022-11-28"},
    {.host = "registry.redhat.io", .name = "Red Hat", .shape = "NAMESPACE/IMAGE", .source = red_hat},
    {.host = "rg.fr-par.scw.cloud", .name = "Scaleway", .shape = "NAMESPACE/IMAGE", .min_components = 2, .source = scaleway},
    {.host = "rg.nl-ams.scw.cloud", .name = "Scaleway", .shape = "NAMESPACE/IMAGE", .min_components = 2, .source = scaleway},
    {.host = "rg.pl-waw.scw.cloud", .name = "Scaleway", .shape = "NAMESPACE/IMAGE", .min_components = 2, .source = scaleway},
    {.host = "us.gcr.io", .name = "Container Registry", .shape = "PROJECT/IMAGE", .min_components = 2, .source = gcr},
};
// clang-format on

constexpr bool has_star(const RegistryFact& fact) { return fact.host.find('*') != fact.host.npos; }

/// Those that stand for many hosts, which most hosts are compared with.
constexpr auto facts_with_star = [] {
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
  const auto pattern =
      std::find_if(facts_with_star.begin(), facts_with_star.end(),
                   [&](const RegistryFact* fact) { return glob_matches(fact->host, bare, "."); });
  return pattern == facts_with_star.end() ? nullptr : *pattern;
}

}  // namespace imglint
