#include "tests/support/made_up_names.hpp"

#include <string_view>

namespace imglint::test {

std::string made_up_reference(Choices& choices) {
  static constexpr std::string_view registries[] = {"",
                                                    "",
                                                    "docker.io/",
                                                    "quay.io/",
                                                    "ghcr.io/org/",
                                                    "localhost:5000/",
                                                    "registry.example.com:443/",
                                                    "index.docker.io/",
                                                    "[::1]:5000/",
                                                    "k8s.gcr.io/"};
  static constexpr std::string_view spaces[] = {"", "", "library/", "acme/", "a-b/c__d/", "org/team/x/"};
  static constexpr std::string_view names[] = {"nginx", "alpine", "redis", "a.b-c_d", "postgres", "x", "0"};
  static constexpr std::string_view suffixes[] = {
      "",
      ":1.27",
      ":latest",
      ":3",
      ":v1.2.3-alpine",
      ":A_b.c-d",
      "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      ":1@sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"};
  std::string text(choices.pick(registries));
  text += choices.pick(spaces);
  text += choices.pick(names);
  text += choices.pick(suffixes);
  return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string in_some_form(std::string text, Choices& choices) {
  if (choices.one_in(6)) text = replaced(text, "\n", "\r\n");
  if (choices.one_in(8)) text = "\xEF\xBB\xBF" + text;
  if (choices.one_in(4))
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace imglint::test
