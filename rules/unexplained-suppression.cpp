#include "rules/rule.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "pattern",
     .type = OptionType::regex,
     .doc = "regular expression that a reason must contain a match of"},
    {.name = "max-days",
     .type = OptionType::integer,
     .doc = "how far ahead the date of `until=` may lie; a comment then needs one"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "⟦# imglint ignore=latest-tag⟧\nFROM nginx:latest\n",
     .config = "rules:\n  unexplained-suppression: warning\n"},
    {.file = "Dockerfile",
     .text = "# imglint ignore=latest-tag nothing else is published\nFROM nginx:latest\n",
     .config = "rules:\n  unexplained-suppression: warning\n"},
};

}  // namespace

// Its findings are made where comments are applied, after all other rules have run.
extern const Rule unexplained_suppression;
constinit const Rule unexplained_suppression = {
    .info =
        {
            .name = "unexplained-suppression",
            .summary = "A comment that silences a rule without a reason, or past its date.",
            .why = "Whoever reads the comment next year has to know whether it can go.",
            .severity = Severity::off,
            .strict_severity = Severity::warning,
            .options = options,
            .examples = examples,
        },
};

}  // namespace imglint::rules
