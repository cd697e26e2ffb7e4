#include <algorithm>

#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = ".github/workflows/ci.yml",
     .text = "on: push\n"
             "env: {IMAGE: node:20.11}\n"
             "jobs:\n"
             "  test:\n"
             "    runs-on: ubuntu-latest\n"
             "    container: ${{ ⟦env.IMAGE⟧ }}\n"},
    {.file = ".github/workflows/ci.yml",
     .text = "on: push\n"
             "jobs:\n"
             "  test:\n"
             "    runs-on: ubuntu-latest\n"
             "    container: ghcr.io/acme/ci:${{ vars.TAG }}\n"},
};

/// The image of a job or of one of its services: what GitHub evaluates before there is an environment.
bool is_set_up_before_steps(const ImageUse& use) {
  return use.path.starts_with("jobs") &&
         (use.path.ends_with(".container") || use.path.ends_with(".container.image") ||
          use.path.find(".services.") != std::string_view::npos) &&
         use.path.find(".steps[") == std::string_view::npos;
}

void check(const Subject& subject, Report& report) {
  const ImageUse& use = *subject.use;
  if (!is_set_up_before_steps(use)) return;
  for (const Variable& variable : use.value.variables) {
    const bool is_disallowed = variable.name.starts_with("env.") || variable.name.starts_with("secrets.");
    if (!is_disallowed || variable.written.source != subject.document->source) continue;
    const std::string_view written = subject.document->source->text(variable.written.span);
    const auto at = written.find(variable.name);
    if (!written.starts_with("${{") || at == written.npos) continue;
    const auto begin = variable.written.span.begin + static_cast<std::uint32_t>(at);
    const std::string_view context = variable.name.substr(0, variable.name.find('.'));
    report.at({subject.document->source, {begin, begin + static_cast<std::uint32_t>(variable.name.size())}},
              quoted(context) + " does not exist where images of jobs and services are named; " +
                  "use vars, inputs, a matrix or the output of another job");
  }
}

}  // namespace

extern const Rule disallowed_context;
constinit const Rule disallowed_context = {
    .info =
        {
            .name = "disallowed-context",
            .summary = "An image of a workflow's job that is made of a context which does not exist there.",
            .why = "GitHub names the image of a job's container and of its services before there is an "
                   "environment: "
                   "of the contexts only github, needs, strategy, matrix, vars and inputs may stand there "
                   "(docs.github.com, Contexts reference, \"Context availability\"). With env or secrets the "
                   "workflow does not start.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
