// The services of a compose file: owners, and what each builds (docs/spec/compose.md 2.2 and 2.3); and
// comments that name a linter.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "kinds/compose/read.hpp"

namespace imglint {
namespace {

/// `name built policy context dockerfile target (args) [contexts]`, what is empty left out.
std::string show(const Owner& service, const Document& document) {
  std::string line(service.name);
  EXPECT_EQ(document.source->text(service.name_span), service.name);
  EXPECT_EQ(service.label, "service");
  if (service.build < 0) return line;
  line += " built";
  const Build& build = document.builds.at(static_cast<std::size_t>(service.build));
  EXPECT_EQ(&document.owner_of(build), &service);
  for (const std::string_view field : {build.pull_policy, build.context, build.dockerfile, build.target})
    if (!field.empty()) line.append(" ").append(field);
  for (const Build::Argument& argument : build.arguments) {
    line.append(" (").append(argument.name);
    if (argument.has_value) line.append("=").append(argument.value.text());
    line += ")";
  }
  for (const std::string_view context : build.contexts) line.append(" [").append(context).append("]");
  return line;
}

struct Case {
  std::string_view file;
  std::string_view services;  ///< one a line
};

// clang-format off
const Case cases[] = {
    {"services: {a: {image: b}}", "a\n"},
    {"services: {a: {build: ./x, pull_policy: always}}", "a built always ./x\n"},
    {"services: {a: {build: {}}}", "a built .\n"},
    {"services: {a: {build: {context: '${C:-x}', dockerfile: D, target: t}}}", "a built x D t\n"},
    {"services: {a: {build: {args: {A: 1, B: '${V:-2}', C: }}}}", "a built . (A=1) (B=2) (C)\n"},
    {"services: {a: {build: {args: [A=1, 'B=${V:-2}=3', C, '=4']}}}", "a built . (A=1) (B=2=3) (C)\n"},
    {"services: {a: {build: {additional_contexts: {x: y, z: 'docker-image://w'}}}}", "a built . [x] [z]\n"},
    {"services: {a: {build: {additional_contexts: [x=y, z]}}}", "a built . [x]\n"},
    {"services: {a: {build: {context: x, args: {A: 1, B: 2}}}, b: {extends: a, build: {target: t, args: {B: 3}}}}",
     "a built x (A=1) (B=2)\nb built x t (B=3) (A=1)\n"},
    {"x-b: &b {context: x, args: {A: 1}}\nservices: {a: {build: {<<: *b, target: t}}}", "a built x t (A=1)\n"},
    {"services: {a: {build: {args: {A: 1}}}}\n---\nservices: {a: {build: {args: {A: 2}}}, b: {image: c}}", "a built . (A=2)\nb\n"},
    {"web: {build: .}\ndb: {image: c}", "web built .\ndb\n"},
    {"services: {'a b': {image: c}}", "a b\n"},
};
// clang-format on

TEST(ComposeServices, AreListedWithWhatTheyBuild) {
  for (const Case& one : cases) {
    const Source source("compose.yaml", std::string(one.file));
    std::string lines;
    const auto document = read_compose(source, {});
    for (const Owner& service : document->owners) lines += show(service, *document) + "\n";
    EXPECT_EQ(lines, one.services) << one.file;
  }
}

TEST(ComposeServices, ArgumentsKnowTheirBytes) {
  const Source source("compose.yaml", "services: {a: {build: {args: [V=b/c:1]}}}");
  const auto document = read_compose(source, {});
  const MappedText& value = document->builds.at(0).arguments.at(0).value;
  const auto place = value.source_of({0, 5});
  ASSERT_TRUE(place);
  EXPECT_EQ(source.text(place->span), "b/c:1");
}

TEST(ComposeServices, UsesNameTheirService) {
  const Source source("compose.yaml", "models: {m: {model: x}}\nservices: {a: {image: b}, c: {image: d}}");
  const auto document = read_compose(source, {});
  ASSERT_EQ(document->uses.size(), 3U);
  EXPECT_EQ(document->uses[0].owner, no_owner);
  EXPECT_EQ(document->owner(document->uses[2].owner)->name, "c");
}

/// The comments, each behind `own` or `end`.
std::string comments(std::string_view text) {
  const Source source("compose.yaml", std::string(text));
  const auto document = read_compose(source, {});
  std::string lines;
  for (const Comment& comment : document->comments)
    lines.append(comment.own_line ? "own " : "end ").append(source.text(comment.span)).append("\n");
  return lines;
}

TEST(ComposeComments, AreToldFromText) {
  const std::string head = "services: {a: {image: b}}\n";
  EXPECT_EQ(comments(head + "# imglint ignore=x \r\n  # hadolint y\n"),
            "own # imglint ignore=x\nown # hadolint y\n");
  EXPECT_EQ(comments("services: {a: {image: b}} # imglint ignore\n"), "end # imglint ignore\n");
  EXPECT_EQ(comments("\xEF\xBB\xBF# imglint ignore\n" + head), "own # imglint ignore\n");
  EXPECT_EQ(comments(head + "# nothing of interest\n# dclint z\n# trivy:ignore\n"),
            "own # dclint z\nown # trivy:ignore\n");
  EXPECT_EQ(comments(head + "x-a: b#imglint\nx-c: 'd # imglint'\nx-e: \"f\n  # imglint\"\n"), "");
  EXPECT_EQ(comments(head + "x-a: | # imglint head\n  # imglint text\n  b\n# imglint behind\n"),
            "end # imglint head\nown # imglint behind\n");
  EXPECT_EQ(comments(head + "x-a: &b # imglint mid\n  c # imglint\n"), "end # imglint mid\nend # imglint\n");
  EXPECT_EQ(comments(head + "x-a: '#' # imglint\n"), "end # imglint\n");
}

}  // namespace
}  // namespace imglint
