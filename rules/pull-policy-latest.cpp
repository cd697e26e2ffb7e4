#include <string>

#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "pod.yaml",
     .text = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx:⟦latest⟧\n"
             "      imagePullPolicy: IfNotPresent\n",
     .config = "rules:\n  pull-policy-latest: info\n",
     .note = "Nodes keep whatever they pulled first"},
    {.file = "pod.yaml",
     .text = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx:⟦1.27.1⟧\n"
             "      imagePullPolicy: Always\n",
     .config = "rules:\n  pull-policy-latest: info\n",
     .note = "Each start asks the registry for what does not change"},
    {.file = "pod.yaml",
     .text = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx:1.27.1\n"
             "      imagePullPolicy: IfNotPresent\n",
     .config = "rules:\n  pull-policy-latest: info\n"},
};

/// `1.27`, `v2.4.1-alpine`: begins with a number, which tags that move do not.
bool is_fixed(std::string_view tag) {
  if (tag.starts_with('v')) tag.remove_prefix(1);
  return !tag.empty() && tag.front() >= '0' && tag.front() <= '9' && tag.find('.') != tag.npos;
}

void check(const Subject& subject, Report& report) {
  const std::string_view policy = subject.use->pull_policy;
  if (policy.empty() || !is_pulled_image(subject) || subject.parts.digest || subject.tag != Knowledge::known)
    return;
  const std::string_view tag = subject.parts.tag ? subject.text(*subject.parts.tag) : "latest";
  const TextRange place = subject.parts.tag.value_or(subject.parts.name);
  if (policy == "IfNotPresent" && tag == "latest")
    report.at(subject, place, "'latest' with IfNotPresent: each node keeps the image that it pulled first");
  if (policy == "Always" && is_fixed(tag))
    report.at(subject, place,
              "a fixed tag with Always: each start asks the registry, and needs it to be there");
}

}  // namespace

extern const Rule pull_policy_latest;
constinit const Rule pull_policy_latest = {
    .info =
        {
            .name = "pull-policy-latest",
            .summary = "A pull policy that does not go with the tag.",
            .why = "By the documentation of Kubernetes a tag `latest` is pulled at each start and any other "
                   "one once for each node. `IfNotPresent` with `latest` runs different images on different "
                   "nodes; `Always` with a tag that does not move makes the registry a part of each start.",
            .severity = Severity::off,
            .strict_severity = Severity::info,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
