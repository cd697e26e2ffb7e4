#include <algorithm>
#include <string>

#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM ⟦docker.io/library/⟧nginx:1.27\n",
     .config = "rules:\n  redundant-registry: warning\n"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: ⟦docker.io/⟧acme/app:1.2\n",
     .config = "rules:\n  redundant-registry: warning\n"},
    {.file = "Dockerfile", .text = "FROM nginx:1.27\n", .config = "rules:\n  redundant-registry: warning\n"},
    {.file = "Dockerfile",
     .text = "FROM docker.io/example.com/app:1.2\n",
     .config = "rules:\n  redundant-registry: warning\n",
     .note = "Without it another registry would be meant"},
};

/// What Docker's client takes for the same registry as no host at all.
bool is_hub(std::string_view host) { return host == "docker.io" || host == "index.docker.io"; }

/// Whether the rest of a name would be read as the same Docker Hub image (docs/spec/reference.md 4).
bool reads_as_hub_image(std::string_view rest) {
  const std::string_view first = rest.substr(0, rest.find('/'));
  if (first.size() == rest.size())
    return rest.size() != 64 || rest.find_first_not_of("0123456789abcdef") != rest.npos;
  return first != "localhost" && first.find('.') == first.npos;
}

void check(const Subject& subject, Report& report) {
  if (!is_pulled_or_frontend(subject) || !subject.parts.registry) return;
  if (subject.registry == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds the registry");
  if (!is_hub(subject.text(*subject.parts.registry))) return;
  const TextRange repository = subject.parts.repository();
  if (subject.repository == Knowledge::unknown) return;
  TextRange range{subject.parts.registry->begin, repository.begin};
  const std::string_view path = subject.text(repository);
  constexpr std::string_view library = "library/";
  if (path.starts_with(library) && path.find('/', library.size()) == path.npos)
    range.end += static_cast<std::uint32_t>(library.size());
  const TextRange rest{range.end, repository.end};
  if (!reads_as_hub_image(subject.text(rest))) return;
  Finding& finding =
      report.at(subject, range, quoted(subject.text(range)) + " is what a short name means anyway");
  offer_fix(finding, "write the short name", Safety::safe, edit_of(subject, range, ""));
}

}  // namespace

extern const Rule redundant_registry;
constinit const Rule redundant_registry = {
    .info =
        {
            .name = "redundant-registry",
            .summary = "Docker Hub written out where a short name says the same.",
            .why = "House style of teams that use Docker only, where `nginx` and `docker.io/library/nginx` "
                   "are one "
                   "image. The opposite of `require-registry`.",
            .severity = Severity::off,
            .strict_severity = Severity::off,
            .judges_parts = true,
            .fixability = Fixability::safe,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
