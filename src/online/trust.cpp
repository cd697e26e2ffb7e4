#include "online/trust.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "registry/host.hpp"

namespace imglint {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

void add_folder(const std::filesystem::path& folder, Trust& trust) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    if (file.extension() == ".crt") trust.extra.push_back(file.string());
    if (file.extension() != ".cert") continue;
    auto key = file;
    key.replace_extension(".key");
    if (!trust.client_certificate.empty() || !std::filesystem::exists(key, failure)) continue;
    trust.client_certificate = file.string();
    trust.client_key = key.string();
  }
}

}  // namespace

Trust trust_for(const std::string& host, const std::string& ca) {
  Trust trust{.bundle = variable("SSL_CERT_FILE"), .folder = variable("SSL_CERT_DIR")};
  if (!ca.empty()) trust.extra.push_back(ca);
  if (!is_host(host)) return trust;
  std::vector<std::filesystem::path> roots;
  if (const std::string home = variable("HOME"); !home.empty())
    roots.push_back(std::filesystem::path(home) / ".config/containers/certs.d");
  roots.emplace_back("/etc/containers/certs.d");
  roots.emplace_back("/etc/docker/certs.d");
  for (const auto& root : roots) add_folder(root / host, trust);
  return trust;
}

}  // namespace imglint
