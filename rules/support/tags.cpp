#include "rules/support/tags.hpp"

#include "rules/support/subjects.hpp"

namespace imglint {

std::optional<TextRange> deciding_tag(const Subject& subject, Report& report) {
  if (!is_pulled_image(subject) || subject.parts.digest) return std::nullopt;
  if (subject.tag != Knowledge::unknown) return subject.parts.tag;
  report.cannot_judge(subject, "a variable without a value holds the tag");
  return std::nullopt;
}

}  // namespace imglint
