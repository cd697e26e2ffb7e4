#include "tests/support/made_up_laws.hpp"

#include "kinds/compose/read.hpp"
#include "kinds/dockerfile/read.hpp"
#include "tests/support/made_up_files.hpp"

namespace imglint::test {
namespace {

const std::vector<std::vector<std::string>>& ways_to_move() {
  static const std::vector<std::vector<std::string>> ways = {
      {"--to", "ghcr.io/org"},
      {"--to", "harbor.corp/cache", "--paths", "source", "--edit-env"},
      {"--to", "registry.corp:5000/x", "--paths", "flat", "--include", "syntax,built,cache"},
      {"--map", "docker.io=mirror.corp/hub", "--map", "quay.io=mirror.corp/quay", "--edit-env"},
      {"--map", "docker.io/library/nginx:1=reg.corp/nginx:2", "--to", "reg.corp/all", "--strict"},
      {"--to", "localhost:5000", "--library", "drop", "--variables", "skip"},
      {"--to", "ghcr.io/org", "--equivalent", "quay.io=docker.io", "--equivalent",
       "localhost:5000=docker.io"},
      {"--to", "reg.corp", "--path-template", "{host}/{path}", "--from", "docker.io", "--from", "ghcr.io"},
  };
  return ways;
}

/// Trouble that a reader has with a file that is right; empty if there is none.
std::string trouble_with(const Document& document) {
  for (const Trouble& trouble : document.troubles)
    if (trouble.kind != Trouble::Kind::remark)
      return "no trouble with a right file: " + trouble.message + " at " +
             std::to_string(trouble.span.begin) + " of\n" + std::string(document.source->bytes());
  return {};
}

}  // namespace

std::string broken_run_law(const TextFiles& files, std::size_t choice) {
  const auto& ways = ways_to_move();
  switch (choice % 4) {
    case 0:
      return broken_reading_law(files);
    case 1:
      return broken_fix_law(files, choice % 8 == 1);
    default:
      return broken_move_law(files, ways[choice / 4 % ways.size()]);
  }
}

std::string broken_made_up_law(std::string_view decisions) {
  Choices choices(decisions);
  const std::size_t choice = choices.below(256);
  const std::string compose = made_up_compose(choices), dockerfile = made_up_dockerfile(choices);
  const Source compose_source("compose.yaml", compose), dockerfile_source("Dockerfile", dockerfile);
  if (std::string law = trouble_with(*read_compose(compose_source, {})); !law.empty()) return law;
  if (std::string law = trouble_with(*read_dockerfile(dockerfile_source, {})); !law.empty()) return law;
  return broken_run_law({{"compose.yaml", compose}, {"Dockerfile", dockerfile}}, choice);
}

}  // namespace imglint::test
