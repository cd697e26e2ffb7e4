#include "rules/rule.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "⟦# imglint ignore=latest-tag⟧\nFROM nginx:1.27\n"},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    image: nginx:1.27  ⟦# imglint ignore=latest-tag⟧\n"},
    {.file = "Dockerfile", .text = "# imglint ignore=latest-tag\nFROM nginx:latest\n"},
};

}  // namespace

// Its findings are made where comments are applied, after all other rules have run.
extern const Rule unused_suppression;
constinit const Rule unused_suppression = {
    .info =
        {
            .name = "unused-suppression",
            .summary = "A comment that silences nothing, or names an unknown rule.",
            .why = "It was written for a fault that is gone, or it is misspelt and does not do what it says.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .fixability = Fixability::safe,
            .examples = examples,
        },
};

}  // namespace imglint::rules
