#include "rules/support/locked.hpp"

#include <algorithm>

#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {

std::optional<std::string> locked_name(const Subject& subject) {
  const Knowledge least = std::max({subject.registry, subject.repository, subject.tag, subject.digest});
  if (!is_pulled_or_frontend(subject) || least == Knowledge::unknown) return std::nullopt;
  const bool alone = subject.parts.digest && !subject.parts.tag;
  if (alone || subject.name.registry.empty()) return std::nullopt;
  return subject.name.registry + "/" + subject.name.repository + ":" +
         (subject.parts.tag ? subject.name.tag : "latest");
}

const LockedImage* locked_image(const Policy& policy, const Subject& subject) {
  if (!policy.lock) return nullptr;
  const auto name = locked_name(subject);
  return name ? policy.lock->find(*name) : nullptr;
}

std::optional<Edit> digest_edit(const Subject& subject, std::string_view digest) {
  const Reference& parts = subject.parts;
  if (parts.digest) return std::nullopt;
  const TextRange last = parts.tag ? *parts.tag : parts.name;
  for (const Piece& piece : subject.use->value.pieces())
    if (piece.text.end >= last.begin && piece.variable != no_variable) return std::nullopt;
  const std::string text =
      std::string(subject.text(last)) + (parts.tag ? "" : ":latest") + "@" + std::string(digest);
  return edit_of(subject, last, text);
}

}  // namespace imglint::rules
