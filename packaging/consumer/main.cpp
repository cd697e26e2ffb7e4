// Prints the images of a Dockerfile, each as spelled and what it means, and how many findings the default
// rules make.
#include <iostream>
#include <sstream>

#include "check/check.hpp"
#include "kinds/dockerfile/read.hpp"
#include "policy/policy.hpp"
#include "reference/parse.hpp"
#include "rules/index.hpp"

int main() {
  std::ostringstream text;
  text << std::cin.rdbuf();
  const imglint::Source source("Dockerfile", text.str());
  const auto document = imglint::read_dockerfile(source, {});
  for (const imglint::ImageUse& use : document->uses)
    if (const imglint::Reference* reference = use.parsed())
      std::cout << source.text(use.span) << " = "
                << imglint::canonical(*reference, use.value.text()).to_string() << '\n';

  const imglint::Policy policy = imglint::default_policy(imglint::all_rule_infos(), false, "2026-11-24");
  const imglint::CheckTarget target{.document = document.get(), .policy = &policy};
  std::cout << imglint::check({&target, 1}).findings.size() << " findings\n";
}
