#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "values.yaml",
     .text = "image:\n  repository: quay.io/acme/api\n  tag: ⟦1.10⟧\n",
     .note = "Helm writes `1.1`"},
    {.file = "values.yaml",
     .text = "image:\n  repository: quay.io/acme/api\n  tag: ⟦20240101⟧\n",
     .note = "Helm writes `2.0240101e+07`"},
    {.file = "values.yaml", .text = "image:\n  repository: quay.io/acme/api\n  tag: \"1.10\"\n"},
    {.file = "values.yaml",
     .text = "image:\n  repository: quay.io/acme/api\n  tag: 1.27\n",
     .note = "A number that is written as it is"},
};

/// What YAML 1.1 takes for a number, as far as tags look like numbers: `1.10`, `017`, `1e3`, `0x1F`, `1_0`.
bool is_number(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) return false;
  if (text.starts_with("0x"))
    return text.size() > 2 && text.find_first_not_of("0123456789abcdefABCDEF_", 2) == text.npos;
  std::size_t at = std::min(text.find_first_not_of("0123456789_"), text.size());
  if (text.substr(at).starts_with('.'))
    at = std::min(text.find_first_not_of("0123456789_", at + 1), text.size());
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (at == text.size()) return false;
    at = std::min(text.find_first_not_of("0123456789", at), text.size());
  }
  return at == text.size();
}

/// Whether a template writes a number as it stands in the file: no more than six digits before the point, no
/// zeros that mean nothing.
bool is_kept(std::string_view text) {
  constexpr std::size_t most_digits = 6;
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view rest = text.substr(point);
  if (text.find_first_not_of("0123456789.") != text.npos || whole.size() > most_digits) return false;
  return (whole == "0" || !whole.starts_with('0')) && !rest.ends_with('0') && !rest.ends_with('.');
}

void check(const Subject& subject, Report& report) {
  for (const UsePart& part : subject.use->parts) {
    const bool is_plain = part.style == Style::plain || part.style == Style::flow_plain;
    const std::string_view text = part.text.text();
    if (part.name != PartName::tag || !is_plain || !is_number(text) || is_kept(text)) continue;
    Finding& finding = report.at(Location{subject.document->source, part.span},
                                 "a number for YAML, which Helm writes in another way: quote it");
    if (part.not_editable.empty() && !subject.document->blocks_edits())
      offer_fix(finding, "quote the tag", Safety::unsafe,
                Edit{subject.document->source, part.span, '"' + std::string(text) + '"'});
  }
}

}  // namespace

extern const Rule number_as_tag;
constinit const Rule number_as_tag = {
    .info =
        {
            .name = "number-as-tag",
            .summary = "A tag in Helm values that is a number for YAML and changes on its way.",
            .why =
                "Templates see the number, not how it is spelled: of `1.10` they make `1.1`, of `20240101` "
                "`2.0240101e+07`, and the image is another one or none. The fix is unsafe since what runs "
                "today may be the other one.",
            .severity = Severity::info,
            .strict_severity = Severity::warning,
            .fixability = Fixability::unsafe,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
