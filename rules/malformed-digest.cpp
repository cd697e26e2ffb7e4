#include <algorithm>

#include "rules/rule.hpp"
#include "rules/support/faults.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view placeholder_choices[] = {"report", "ok"};

constexpr OptionInfo options[] = {
    {.name = "placeholders",
     .type = OptionType::choice,
     .doc = "whether digests of one repeated digit are reported",
     .default_value = "report",
     .choices = placeholder_choices},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM alpine:3.20@⟦sha256:abc⟧\n"},
    {.file = "compose.yaml",
     .text = "services:\n  db:\n    image: "
             "redis@⟦sha256:0000000000000000000000000000000000000000000000000000000000000000⟧\n",
     .note = "A placeholder"},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n"},
};

/// `sha256:` and one digit over and over.
bool is_placeholder(std::string_view digest) {
  const std::string_view hex = digest.substr(digest.find(':') + 1);
  return !hex.empty() && std::all_of(hex.begin(), hex.end(), [&](char c) { return c == hex.front(); });
}

void check(const Subject& subject, Report& report) {
  const std::string_view value = subject.use->value.text();
  if (const ReferenceError* error = grammar_fault(subject)) {
    if (const auto digest = faulty_digest(*error, value)) report.at(subject, *digest, message(*error, value));
    return;
  }
  if (!subject.has_parts || !subject.parts.digest || subject.digest == Knowledge::unknown) return;
  if (report.settings().text("placeholders", "report") != "report") return;
  if (is_placeholder(subject.text(*subject.parts.digest)))
    report.at(subject, *subject.parts.digest, "the digest is a placeholder: one digit over and over");
}

}  // namespace

extern const Rule malformed_digest;
constinit const Rule malformed_digest = {
    .info =
        {
            .name = "malformed-digest",
            .summary = "A digest that no image can have.",
            .why = "A digest is `sha256:` and 64 lower-case hexadecimal digits (or `sha512:` and 128). With "
                   "anything else nothing can be pulled; a placeholder was meant to be filled in.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
