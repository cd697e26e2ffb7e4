// The files of answers: one for each host, below --cache or the user's cache folder.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "cli/session.hpp"
#include "registry/answer_cache.hpp"

namespace imglint {

struct CacheSettings {
  std::string folder;        ///< empty: nothing is kept
  std::int64_t longest = 0;  ///< seconds for which an answer counts
};

class RegistryCache {
 public:
  RegistryCache(CacheSettings settings, const Session& session);

  [[nodiscard]] std::optional<RegistryAnswer> find(const RegistryQuestion& question);
  void add(const RegistryQuestion& question, const RegistryAnswer& answer);
  /// Writes what is new. That it cannot be written harms nothing, and is said.
  void save();

 private:
  [[nodiscard]] bool is_on() const { return !settings_.folder.empty() && settings_.longest > 0; }
  [[nodiscard]] AnswerCache& of(const std::string& registry);
  [[nodiscard]] std::string file_of(const std::string& registry) const;

  CacheSettings settings_;
  const Session* session_;
  std::int64_t now_;
  std::map<std::string, AnswerCache> hosts_;
};

}  // namespace imglint
