// fixtures/config: configurations that are right, and such of a wrong shape. The schema that `imglint config
// --schema` prints must say the same of them, which tests/long/config_schema asks a validator.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/process.hpp"
#include "output/pages/config.hpp"
#include "rules/index.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/repository.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

std::vector<std::string> lines_of(const std::string& name) {
  std::vector<std::string> lines;
  for (const std::string& line : split(read_repository_file("fixtures/config/" + name), '\n'))
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  EXPECT_GT(lines.size(), 20u) << name;
  return lines;
}

std::string first_error(const std::string& text) {
  const auto config = parse_config(text, {.path = {}, .shown = "c", .folder = "/"}, all_rule_infos());
  return config ? "" : config.error().front().message;
}

TEST(ConfigShapes, WhatIsRightIsRead) {
  for (const std::string& line : lines_of("right.txt")) EXPECT_EQ(first_error(line), "") << line;
}

TEST(ConfigShapes, WhatIsWrongIsRefused) {
  for (const std::string& line : lines_of("wrong.txt")) EXPECT_NE(first_error(line), "") << line;
}

/// Names the lines of which a validator in Python says something else than the reader.
constexpr const char* validate = R"(
import json, re, sys
import jsonschema, yaml
class Core(yaml.SafeLoader): pass  # the scalars of YAML 1.2
Core.yaml_implicit_resolvers = {}
def scalar(tag, expression, first):
    Core.add_implicit_resolver('tag:yaml.org,2002:' + tag, re.compile('^(?:' + expression + ')$'), first)
scalar('null', '~|null|', ['~', 'n', ''])
scalar('bool', 'true|false', ['t', 'f'])
scalar('int', '[-+]?[0-9]+', list('-+0123456789'))
scalar('float', r'[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?', list('-+.0123456789'))
schema, *files = sys.argv[1:]
validator = jsonschema.Draft7Validator(json.load(open(schema)))
validator.check_schema(validator.schema)
for path, is_right in zip(files, (True, False)):
    for line in open(path):
        if line.strip() and line[0] != '#' and validator.is_valid(yaml.load(line, Core)) != is_right:
            print(('refused: ' if is_right else 'accepted: ') + line, end='')
)";

TEST(ConfigShapes, AValidatorSaysTheSameByTheSchema) {
  const auto python = run({.words = {"python3", "-c", "import jsonschema, yaml"}});
  if (!python || python->status != 0) GTEST_SKIP() << "python3-jsonschema and python3-yaml are not installed";
  std::string schema;
  write_config_schema(config_keys(all_rule_infos()), schema);
  const TemporaryFolder folder(true);
  folder.write("schema.json", schema);
  const std::string shapes = (source_folder() / "fixtures/config").string();
  const auto said = run({.words = {"python3", "-c", validate, folder.path() + "/schema.json",
                                   shapes + "/right.txt", shapes + "/wrong.txt"}});
  ASSERT_TRUE(said);
  EXPECT_EQ(said->status, 0);
  EXPECT_EQ(said->output, "");
}

class Schema : public ::testing::Test {
 protected:
  static nlohmann::json schema() {
    std::string text;
    write_config_schema(config_keys(all_rule_infos()), text);
    return nlohmann::json::parse(text);
  }
  /// Every object that says which keys a mapping has refuses others.
  static void expect_closed(const nlohmann::json& node, const std::string& path) {
    if (node.is_object() && node.contains("properties")) {
      EXPECT_EQ(node.value("additionalProperties", true), false) << path;
    }
    if (node.is_structured())
      for (const auto& [key, child] : node.items()) expect_closed(child, path + "/" + key);
  }
};

TEST_F(Schema, HasEveryRuleWithItsOptionsAndDefaults) {
  const nlohmann::json all = schema();
  const nlohmann::json& rules = all["definitions"]["rules"]["properties"];
  ASSERT_EQ(rules.size(), all_rule_infos().size());
  for (const RuleInfo* rule : all_rule_infos()) {
    const nlohmann::json& found = rules[std::string(rule->name)];
    EXPECT_EQ(found["description"], rule->summary);
    EXPECT_EQ(found["default"], to_string(rule->severity));
    const nlohmann::json& keys = found["anyOf"][1]["properties"];
    EXPECT_TRUE(keys.contains("locked"));
    EXPECT_EQ(keys.contains("unresolved"), rule->judges_parts) << rule->name;
    for (const OptionInfo& option : rule->options) {
      ASSERT_TRUE(keys.contains(std::string(option.name))) << rule->name << "." << option.name;
      EXPECT_EQ(keys[std::string(option.name)]["description"], option.doc);
      EXPECT_EQ(keys[std::string(option.name)].contains("default"), !option.default_value.empty());
    }
  }
  EXPECT_EQ(all["definitions"]["rule-name"]["enum"].size(), rules.size());
  EXPECT_EQ(all["properties"].size(), config_keys(all_rule_infos()).size());
}

TEST_F(Schema, AllowsNoKeyThatTheReaderRefuses) { expect_closed(schema(), ""); }

TEST(ConfigKeys, ExamplesOfTheDocumentAreRight) {
  const std::string document = read_repository_file("docs/configuration.md");
  constexpr std::string_view begin = "```yaml\n";
  int count = 0;
  for (std::size_t at = document.find(begin); at != document.npos; at = document.find(begin, at + 1)) {
    const std::size_t text = at + begin.size();
    const std::string example = document.substr(text, document.find("```", text) - text);
    EXPECT_EQ(first_error(example), "") << example;
    ++count;
  }
  EXPECT_GE(count, 2);
}

TEST(ConfigKeys, TheDocumentHasThemAll) {
  constexpr std::string_view begin = "<!-- keys: made from the table in src/config/keys.cpp -->\n";
  constexpr std::string_view end = "<!-- end of keys -->\n";
  std::string document = read_repository_file("docs/configuration.md");
  const std::size_t from = document.find(begin);
  const std::size_t to = document.find(end);
  ASSERT_TRUE(from != document.npos && to != document.npos && from < to);
  std::string keys = "\n";
  write_config_keys_markdown(config_keys(all_rule_infos()), keys);
  document.replace(from + begin.size(), to - from - begin.size(), keys + "\n");
  expect_golden(document, "docs/configuration.md");
}

}  // namespace
}  // namespace imglint::test
