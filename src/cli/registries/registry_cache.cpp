#include "cli/registries/registry_cache.hpp"

#include <ctime>
#include <filesystem>

#include "source/read_file.hpp"
#include "source/write_file.hpp"

namespace imglint {

RegistryCache::RegistryCache(CacheSettings settings, const Session& session)
    : settings_(std::move(settings)), session_(&session), now_(std::time(nullptr)) {}

/// Hosts have no slash, and begin with a letter, a digit or a bracket (is_host()): none leaves the folder.
std::string RegistryCache::file_of(const std::string& registry) const {
  return settings_.folder + "/" + registry + ".json";
}

AnswerCache& RegistryCache::of(const std::string& registry) {
  const auto known = hosts_.find(registry);
  if (known != hosts_.end()) return known->second;
  const auto content = read_file(session_->files, file_of(registry), 256u << 20);
  return hosts_.emplace(registry, AnswerCache(content ? content->bytes : std::string())).first->second;
}

std::optional<RegistryAnswer> RegistryCache::find(const RegistryQuestion& question) {
  if (!is_on()) return std::nullopt;
  return of(question.registry).find(question, now_, settings_.longest);
}

void RegistryCache::add(const RegistryQuestion& question, const RegistryAnswer& answer) {
  if (is_on()) of(question.registry).add(question, answer, now_);
}

void RegistryCache::save() {
  for (const auto& [registry, cache] : hosts_) {
    if (!cache.has_changed()) continue;
    std::error_code failure;
    std::filesystem::create_directories(settings_.folder, failure);
    if (auto error = write_file(session_->files, file_of(registry), cache.text(now_, settings_.longest))) {
      error->message = "answers are not kept: " + error->message;
      return print_remark(*error, *session_);
    }
  }
  hosts_.clear();
}

}  // namespace imglint
