#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
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
    {.file = ".github/workflows/ci.yml",
     .text = "on: push\n"
             "jobs:\n"
             "  test:\n"
             "    runs-on: ubuntu-latest\n"
             "    container: ${{ ⟦env⟧['IMAGE'] || 'node:20.11' }}\n"
             "    services:\n"
             "      db: {image: \"postgres:${{ format('{0}', ⟦Secrets.TAG⟧) }}\"}\n"},
};

/// The image of a job or of one of its services: what GitHub evaluates before there is an environment.
bool is_set_up_before_steps(const ImageUse& use) {
  return use.path.starts_with("jobs") &&
         (use.path.ends_with(".container") || use.path.ends_with(".container.image") ||
          use.path.find(".services.") != std::string_view::npos ||
          use.path.find(".services[") != std::string_view::npos) &&
         use.path.find(".steps[") == std::string_view::npos;
}

bool begins_name(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_'; }
bool continues_name(char c) { return begins_name(c) || is_digit(c) || c == '-'; }

std::size_t name_end(std::string_view text, std::size_t at) {
  while (at < text.size() && continues_name(text[at])) ++at;
  return at;
}

/// Contexts that exist elsewhere in a workflow. Their letters' case does not count.
bool is_disallowed(std::string_view name) {
  const std::string small = lower_case(name);
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"env", "job", "jobs", "runner", "secrets", "steps"},
      [&](std::string_view context) { return small == context; });
}

/// Behind a text in quotes; two quotes inside are one.
std::size_t quote_end(std::string_view text, std::size_t at) {
  const auto end = text.find('\'', at + 1);
  return end == text.npos ? text.size() : end + 1;
}

/// Where an expression names a context that must not stand there, up to the property it takes of it.
std::vector<TextRange> disallowed_contexts(std::string_view text) {
  std::vector<TextRange> found;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\'') {
      at = quote_end(text, at);
      continue;
    }
    const bool is_property = at > 0 && text[at - 1] == '.';
    if (!begins_name(text[at])) {
      at = is_digit(text[at]) ? name_end(text, at) : at + 1;  // `0xE`
      continue;
    }
    const std::size_t begin = at;
    at = name_end(text, begin);
    if (is_property || !is_disallowed(text.substr(begin, at - begin))) continue;
    const auto behind = text.find_first_not_of(" \t\r\n", at);
    if (behind != text.npos && text[behind] == '(') continue;  // a function
    while (at + 1 < text.size() && text[at] == '.' && begins_name(text[at + 1])) at = name_end(text, at + 1);
    found.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
  }
  return found;
}

void check(const Subject& subject, Report& report) {
  const ImageUse& use = *subject.use;
  if (use.alternative || !is_set_up_before_steps(use)) return;
  const Source* source = subject.document->source;
  for (const Variable& variable : use.value.variables) {
    if (variable.written.source != source) continue;
    const std::string_view written = source->text(variable.written.span);
    if (!written.starts_with("${{")) continue;
    for (const TextRange range : disallowed_contexts(written)) {
      const std::string_view name = range.of(written);
      const auto begin = variable.written.span.begin + range.begin;
      report.at({source, {begin, begin + range.size()}},
                quoted(name.substr(0, name.find('.'))) +
                    " does not exist where images of jobs and services are named; " +
                    "use vars, inputs, a matrix or the output of another job");
    }
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
                   "(docs.github.com, Contexts reference, \"Context availability\"). With another, "
                   "wherever it stands in an expression, the workflow does not start.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
