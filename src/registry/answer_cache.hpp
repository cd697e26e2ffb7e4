// What registries answered before, kept for a while: one text for each host. Only what was found is kept, and
// nothing of who asked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "registry/question.hpp"

namespace imglint {

/// The same for questions that have one answer: whatever their numbers.
[[nodiscard]] std::string question_key(const RegistryQuestion& question);

class AnswerCache {
 public:
  /// A text that is none is empty: the next answers replace it.
  explicit AnswerCache(std::string_view text = {});

  /// An answer that is not older than `longest` seconds. `now` in seconds.
  [[nodiscard]] std::optional<RegistryAnswer> find(const RegistryQuestion& question, std::int64_t now,
                                                   std::int64_t longest) const;
  void add(const RegistryQuestion& question, const RegistryAnswer& answer, std::int64_t now);
  [[nodiscard]] bool has_changed() const { return changed_; }
  /// What is older than `longest` is left out.
  [[nodiscard]] std::string text(std::int64_t now, std::int64_t longest) const;

 private:
  struct Kept {
    std::int64_t at = 0;
    std::string line;  ///< the answer as on the wire
  };
  std::map<std::string, Kept> kept_;
  bool changed_ = false;
};

}  // namespace imglint
