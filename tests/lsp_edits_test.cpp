// Whatever has been typed, written and deleted before: open files show what `imglint check` finds in a copy
// of the folder that holds the same texts.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/edited_tree.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using Files = TreeFiles;

/// What an editor or another program does to a file.
struct Step {
  enum What { type, write, remove, move } what;
  std::string path;
  std::string text = {};  ///< of move: the new name
};

struct Case {
  const char* what;
  Files files;
  std::vector<std::string> open;
  std::vector<Step> steps;
  std::string path;  ///< that shows this at the end, beside what `check` finds
  std::string shown;
};

const std::string plain = "services:\n  w:\n    image: x/y:1\n";
const std::string extending = "services:\n  w:\n    extends: {file: ../b/compose.yaml, service: a}\n";
const std::string two = "services:\n  a:\n    image: redis:7\n  z:\n    image: q/q\n";
const std::string building = "services:\n  a:\n    image: redis:7\n  z:\n    build: .\n";

std::vector<Case> cases_of_projects() {
  const Files both = {{"a/compose.yaml", plain}, {"b/compose.yaml", two}};
  Files with_dockerfile = {
      {"a/compose.yaml", plain}, {"b/compose.yaml", building}, {"b/Dockerfile", "FROM busybox\n"}};
  Files with_override = {{"a/compose.yaml", plain},
                         {"b/compose.yaml", "services: {a: {image: \"redis:7\"}}\n"},
                         {"b/compose.override.yaml", "services: {a: {image: nginx}}\n"}};
  const Files with_gone = {{"compose.yaml", plain},
                           {"sub/.env", "COMPOSE_FILE=gone.yaml\n"},
                           {"sub/x.yaml", "services:\n  a:\n    image: redis:7\n"}};
  const Files with_open_quote = {{"compose.yaml", "services:\n  w:\n    image: redis\n"},
                                 {"sub/.env", "A=\"x\n"}};
  const Files included = {{"compose.yaml", plain},
                          {"sub/compose.yaml", "services:\n  s:\n    image: redis\n"}};
  const Files odd = {{"compose.yaml", plain}, {"sub/part.inc", "services:\n  s:\n    image: redis\n"}};
  return {
      {"a project of which another extends a file, typed",
       both,
       {"a/compose.yaml", "b/compose.yaml"},
       {{Step::type, "a/compose.yaml", extending}},
       "b/compose.yaml",
       "5:14 missing-tag "},
      {"the same, written by another program",
       both,
       {"b/compose.yaml"},
       {{Step::write, "a/compose.yaml", extending}},
       "b/compose.yaml",
       "5:14 missing-tag "},
      {"and taken back",
       both,
       {"a/compose.yaml", "b/compose.yaml"},
       {{Step::type, "a/compose.yaml", extending}, {Step::type, "a/compose.yaml", plain}},
       "b/compose.yaml",
       "5:14 missing-tag "},
      {"what such a project builds",
       with_dockerfile,
       {"a/compose.yaml", "b/Dockerfile"},
       {{Step::type, "a/compose.yaml", extending}},
       "b/Dockerfile",
       "1:6 missing-tag "},
      {"what overrides it",
       with_override,
       {"a/compose.yaml", "b/compose.override.yaml"},
       {{Step::type, "a/compose.yaml", extending}},
       "b/compose.override.yaml",
       "1:23 missing-tag "},
      {"a new file that another extends",
       {{"a/compose.yaml", plain}, {"b/README", ""}},
       {"a/compose.yaml"},
       {{Step::type, "b/compose.yaml", two}, {Step::type, "a/compose.yaml", extending}},
       "b/compose.yaml",
       "5:14 missing-tag "},
      {"a new file that its text alone tells of",
       with_open_quote,
       {"sub/.env"},
       {{Step::write, "sub/x.yaml", plain}},
       "sub/.env",
       "1:3 unreadable-file "},
      {"and one that is gone",
       with_open_quote,
       {"compose.yaml", "sub/.env"},
       {{Step::write, "sub/x.yaml", plain}, {Step::remove, "sub/x.yaml"}},
       "compose.yaml",
       "3:12 missing-tag "},
      {"a folder whose main file is not there, and another is included",
       with_gone,
       {"compose.yaml", "sub/.env"},
       {{Step::type, "compose.yaml", "include: [sub/x.yaml]\n" + plain}},
       "sub/.env",
       "1:14 unreadable-file "},
      {"an include that is typed and taken back",
       included,
       {"compose.yaml", "sub/compose.yaml"},
       {{Step::type, "compose.yaml", "include: [sub/compose.yaml]\n" + plain},
        {Step::type, "compose.yaml", plain}},
       "sub/compose.yaml",
       "3:12 missing-tag "},
      {"an include of a file that only its name keeps from a walk",
       odd,
       {"compose.yaml"},
       {{Step::type, "compose.yaml", "include: [sub/part.inc]\n" + plain},
        {Step::type, "sub/part.inc", odd.at("sub/part.inc")}},
       "sub/part.inc",
       "3:12 missing-tag "},
      {"a main file that was not there",
       {{".env", "COMPOSE_FILE=a.yaml:dev/gone.yaml\n"}, {"a.yaml", "services:\n  api:\n    image: redis\n"}},
       {".env", "a.yaml"},
       {{Step::write, "dev/gone.yaml", plain}},
       "a.yaml",
       "3:12 missing-tag "},
      {"an argument of a project that another's file belongs to",
       {{"a/compose.yaml", extending},
        {"b/compose.yaml",
         "services:\n  a:\n    image: redis:7\n  c:\n    build: {context: ../c, args: {B: node}}\n"},
        {"c/Dockerfile", "ARG B\nFROM $B\n"}},
       {"c/Dockerfile", "b/compose.yaml"},
       {},
       "b/compose.yaml",
       "5:38 missing-tag "},
  };
}

std::string template_of(const std::string& behind) {
  return "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: \"{{ "
         ".Values.image.repository }}" +
         behind + "\"\n";
}

std::vector<Case> cases_of_new_files() {
  const Files chart = {{"Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n"},
                       {"values.yaml", "image:\n  repository: nginxx\n"},
                       {"templates/a.yaml", template_of("/foo:1")}};
  const std::string unpinned = "services:\n  api:\n    image: redis\n";
  const std::string of_another = "services:\n  web:\n    extends: {file: b.yaml, service: x}\n";
  const std::string arguments =
      "services:\n  api:\n    build:\n      context: .\n      args: {BASE: debian}\n";
  const std::string dockerfile = "ARG BASE=ubuntu\nFROM ${BASE}\n";
  const Files tagged = {{"compose.yaml", "services:\n  api:\n    image: x/y:${T}\n"}, {".env", "T=latest\n"}};
  const Files built = {{"compose.yaml", "services:\n  api:\n    build: .\n"},
                       {"Dockerfile", "FROM busybox\n"}};
  const Files included = {{"compose.yaml", "include: [db/x.yaml]\n" + plain},
                          {"db/x.yaml", "services:\n  d:\n    image: x/d:${P}\n"},
                          {"db/.env", "P=latest\n"}};
  return {
      {"a new file of values",
       {{"compose.yaml", "services:\n  api:\n    image: $IMG\n"}},
       {"compose.yaml"},
       {{Step::type, ".env", "IMG=nginx\n"}},
       ".env",
       "1:5 missing-tag "},
      {"a new compose file",
       {{"Dockerfile", dockerfile}},
       {"Dockerfile"},
       {{Step::type, "compose.yaml", arguments}},
       "compose.yaml",
       "5:20 missing-tag "},
      {"the same, saved",
       {{"Dockerfile", dockerfile}},
       {"Dockerfile"},
       {{Step::type, "compose.yaml", arguments}, {Step::write, "compose.yaml", arguments}},
       "compose.yaml",
       "5:20 missing-tag "},
      {"a file of values that is deleted",
       tagged,
       {"compose.yaml", ".env"},
       {{Step::remove, ".env"}},
       ".env",
       "1:3 latest-tag "},
      {"and written again",
       tagged,
       {"compose.yaml", ".env"},
       {{Step::remove, ".env"}, {Step::write, ".env", "T=latest\n"}},
       ".env",
       "1:3 latest-tag "},
      {"a Dockerfile that is deleted",
       built,
       {"compose.yaml", "Dockerfile"},
       {{Step::remove, "Dockerfile"}},
       "Dockerfile",
       "1:6 missing-tag "},
      {"a template that puts names behind a value, or not",
       chart,
       {"values.yaml"},
       {{Step::type, "templates/a.yaml", template_of(":1")},
        {Step::type, "templates/a.yaml", template_of("/foo:1")},
        {Step::write, "templates/b.yaml", template_of(":2")}},
       "values.yaml",
       "2:15 image-typo "},
      {"the same, written by another program",
       chart,
       {"values.yaml"},
       {{Step::write, "templates/a.yaml", template_of(":1")},
        {Step::remove, "templates"},
        {Step::write, "templates/a.yaml", template_of("/foo:1")},
        {Step::write, "charts/x/Chart.yaml", "name: x\n"}},
       "values.yaml",
       "2:15 image-typo "},
      {"a chart above files of values, one that is nearer, and both deleted",
       {{"x/ci/values.yaml", chart.at("values.yaml")}, {"x/templates/a.yaml", template_of("/foo:1")}},
       {"x/ci/values.yaml"},
       {{Step::write, "x/Chart.yaml", chart.at("Chart.yaml")},
        {Step::write, "x/ci/Chart.yaml", chart.at("Chart.yaml")},
        {Step::remove, "x/ci/Chart.yaml"},
        {Step::remove, "x/Chart.yaml"}},
       "x/ci/values.yaml",
       "2:15 image-typo "},
      {"a text that is no compose file, opened where the disk has one",
       {{"compose.yaml", unpinned}, {"a.yaml", "# one\n" + unpinned}},
       {"compose.yaml"},
       {{Step::type, "a.yaml", of_another}},
       "compose.yaml",
       "3:12 missing-tag "},
      {"the same, where another program makes one of it",
       {{"compose.yaml", unpinned}, {"sub/compose.yaml", plain}, {"a.yaml", of_another}},
       {"compose.yaml", "a.yaml"},
       {{Step::write, "a.yaml", "# one\n" + unpinned}, {Step::remove, "sub/compose.yaml"}},
       "compose.yaml",
       "3:12 missing-tag "},
      {"a folder that is moved away and back",
       included,
       {"compose.yaml"},
       {{Step::move, "db", "other"}, {Step::move, "other", "db"}, {Step::type, "db/.env", "P=latest\n"}},
       "db/.env",
       "1:3 latest-tag "},
      {"a folder that is moved away",
       included,
       {"compose.yaml"},
       {{Step::move, "db", "other"}},
       "compose.yaml",
       "1:11 unreadable-file "},
  };
}

std::vector<Case> cases_of_links() {
  const std::string unpinned = "services:\n  q:\n    image: redis:latest\n";
  const std::string of_variable = "services:\n  q:\n    image: redis:$T\n";
  const Files with_folder = {{"compose.yaml", "include: [l/compose.yaml]\n" + plain},
                             {"real/compose.yaml", of_variable},
                             {"real/.env", "T=latest\n"},
                             {"l", "-> real"}};
  return {
      {"values behind a link that are deleted and written again",
       {{"env/x.env", "T=latest\n"}, {"s/compose.yaml", of_variable}, {"s/.env", "-> ../env/x.env"}},
       {"s/compose.yaml"},
       {{Step::remove, "env/x.env"},
        {Step::write, "env/x.env", "T=latest\n"},
        {Step::type, "env/x.env", "T=latest\n"}},
       "env/x.env",
       "1:3 latest-tag "},
      {"the same of a Dockerfile",
       {{"Dockerfile", "ARG V\nFROM busybox:$V\n"},
        {"s/compose.yaml", "services:\n  a:\n    build: {context: ., args: {V: latest}}\n"},
        {"s/Dockerfile", "-> ../Dockerfile"}},
       {"s/compose.yaml"},
       {{Step::remove, "Dockerfile"}, {Step::write, "Dockerfile", "ARG V\nFROM busybox:$V\n"}},
       "s/compose.yaml",
       "3:35 latest-tag "},
      {"the same of an included file",
       {{"part", unpinned}, {"s/compose.yaml", "include: [p]\n" + plain}, {"s/p", "-> ../part"}},
       {"s/compose.yaml"},
       {{Step::remove, "part"}, {Step::write, "part", unpinned}, {Step::type, "part", unpinned}},
       "part",
       "3:18 latest-tag "},
      {"a link that leads elsewhere",
       {{"part", unpinned}, {"s/compose.yaml", "include: [p]\n" + plain}, {"s/p", "-> ../part"}},
       {"s/compose.yaml"},
       {{Step::remove, "s/p"}, {Step::write, "s/p", "-> ../gone"}},
       "s/compose.yaml",
       "1:11 unreadable-file "},
      {"a link to a folder, deleted",
       with_folder,
       {"compose.yaml", "real/compose.yaml"},
       {{Step::remove, "l"}},
       "compose.yaml",
       "1:11 unreadable-file "},
      {"and made again",
       with_folder,
       {"compose.yaml", "real/compose.yaml"},
       {{Step::remove, "l"}, {Step::write, "l", "-> real"}, {Step::type, "real/.env", "T=latest\n"}},
       "real/.env",
       "1:3 latest-tag "},
      {"a link to a link that is not there yet",
       {{"part", unpinned}, {"compose.yaml", "include: [a]\n" + plain}, {"a", "-> d/b"}},
       {"compose.yaml"},
       {{Step::write, "d/b", "-> ../part"}, {Step::type, "part", unpinned}},
       "part",
       "3:18 latest-tag "},
      {"a Dockerfile that bake builds through a link",
       {{"docker/web.dockerfile", "ARG V=1.27\nFROM nginx:$V\n"},
        {"app/Dockerfile", "-> ../docker/web.dockerfile"},
        {"app/docker-bake.hcl",
         "target \"a\" {\n  dockerfile = \"Dockerfile\"\n  args = { V = \"latest\" }\n}\n"}},
       {"app/docker-bake.hcl"},
       {},
       "app/docker-bake.hcl",
       "3:17 latest-tag "},
  };
}

void run_cases(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    SCOPED_TRACE(each.what);
    EditedTree session(each.files);
    for (const std::string& path : each.open) session.open(path);
    EXPECT_EQ(session.shown(), session.checked()) << "before";
    for (const Step& step : each.steps) {
      if (step.what == Step::type) session.type(step.path, step.text);
      if (step.what == Step::write) session.write(step.path, step.text);
      if (step.what == Step::remove) session.remove(step.path);
      if (step.what == Step::move) session.move(step.path, step.text);
      EXPECT_EQ(session.shown(), session.checked()) << step.path;
    }
    const auto shown = session.shown();
    ASSERT_TRUE(shown.contains(each.path));
    EXPECT_TRUE(std::ranges::any_of(shown.at(each.path), [&](const std::string& line) {
      return line.starts_with(each.shown);
    })) << testing::PrintToString(shown.at(each.path));
  }
}

TEST(LspEdits, ShowWhatIsFoundInTheProjectsThatThereAreThen) { run_cases(cases_of_projects()); }

TEST(LspEdits, ShowWhatIsFoundInFilesThatAreNotThereYetOrNoMore) { run_cases(cases_of_new_files()); }

TEST(LspEdits, ShowWhatIsFoundBehindSymbolicLinks) { run_cases(cases_of_links()); }

TEST(LspEdits, AFileThatGitIgnoresIsLeftOutBeforeItIsSaved) {
  EditedTree session({{".gitignore", ".env\n"}, {"compose.yaml", "services:\n  api:\n    image: $IMG\n"}});
  session.open("compose.yaml");
  session.type(".env", "IMG=nginx\n");
  const auto shown = session.shown();
  EXPECT_EQ(shown, session.checked());
  ASSERT_EQ(shown.at("compose.yaml").size(), 1U);
  EXPECT_TRUE(shown.at("compose.yaml")[0].ends_with("; the text comes from a file that is left out"));
}

TEST(LspEdits, AFileThatTheConfigurationNamesIsMissedOnce) {
  EditedTree session(
      {{".imglint.yaml", "projects: [{files: [a.yaml, dev/b.yaml], env-files: [dev/c.env]}]\n"},
       {"a.yaml", plain}});
  session.open("a.yaml");
  const Json told = session.server().diagnostics(session.uri(".imglint.yaml"));
  ASSERT_EQ(told.size(), 2U) << told.dump();
  EXPECT_NE(told[0]["range"], told[1]["range"]) << told.dump();
}

/// Which files a new name for the stage in the first line of a Dockerfile changes.
Json renamed_in(EditedTree& tree) {
  tree.open("Dockerfile");
  const Json edit =
      tree.server().ask("textDocument/rename", {{"textDocument", {{"uri", tree.uri("Dockerfile")}}},
                                                {"position", {{"line", 0}, {"character", 17}}},
                                                {"newName", "zz"}});
  return edit.value("changes", edit);
}

TEST(LspEdits, AStageIsRenamedInEveryProjectThatBuildsIt) {
  EditedTree tree(
      {{"Dockerfile", "FROM alpine:3 AS st\nFROM st\n"},
       {"a/compose.yaml", extending},
       {"b/compose.yaml", "services:\n  a: {image: \"x/y:1\"}\n  d: {build: {context: .., target: st}}\n"}});
  const Json changes = renamed_in(tree);
  EXPECT_TRUE(changes.contains(tree.uri("b/compose.yaml"))) << changes.dump();
}

TEST(LspEdits, AStageIsRenamedWhereItIsBuiltThroughALink) {
  EditedTree tree({{"Dockerfile", "FROM alpine:3 AS st\nFROM st\n"},
                   {"docker-bake.hcl", "target \"z\" {\n  context = \"b\"\n  target = \"st\"\n}\n"},
                   {"b/Dockerfile", "-> ../Dockerfile"}});
  const Json changes = renamed_in(tree);
  EXPECT_TRUE(changes.contains(tree.uri("docker-bake.hcl"))) << changes.dump();
}

}  // namespace
}  // namespace imglint::test
