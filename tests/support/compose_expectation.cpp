#include "tests/support/compose_expectation.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

#include <gtest/gtest.h>

#include "expansion/env_file.hpp"
#include "expansion/template.hpp"
#include "kinds/compose/read.hpp"
#include "yaml/events.hpp"
#include "yaml/scalar.hpp"

namespace imglint::test {
namespace {

using nlohmann::json;

/// Names of the vectors and of `imglint list`.
const std::map<std::string, std::string> role_names = {
    {"image", "image"},
    {"image+build", "built-image"},
    {"dormant", "image"},
    {"pre_start", "pre-start"},
    {"volume", "volume-image"},
    {"context", "build-context"},
    {"cache_from", "cache-from"},
    {"cache_to", "cache-to"},
    {"tags", "build-tag"},
    {"sbom", "sbom"},
    {"model", "model"},
    {"provider_model", "provider-model"},
    {"include_oci", "include"},
    {"extends_oci", "extends"},
    {"bake-tags", "bake-build-tag"},
    {"bake-cache-from", "bake-cache-from"},
    {"bake-cache-to", "bake-cache-to"},
    {"bake-contexts", "bake-build-context"},
    {"inline-from", "from"},
    {"inline-copy-from", "copy-from"},
    {"inline-mount-from", "mount-from"},
    {"inline-syntax", "syntax"},
};

std::string style_name(Style style) {
  const std::string name(to_string(style));
  return name == "flow-plain" ? "plain" : name;
}

std::vector<std::string> names(const json& list) {
  std::vector<std::string> result;
  for (const json& item : list)
    result.push_back(item.is_object() ? item.at("name").get<std::string>() : item.get<std::string>());
  return result;
}

/// What an expectation needs at hand.
struct Reading {
  const Source& source;
  const Respelled& respelled;
  const Document& document;

  [[nodiscard]] Span span(const json& object) const {
    return {respelled.offset(object.at("start").get<std::uint32_t>()),
            respelled.offset(object.at("end").get<std::uint32_t>())};
  }
};

void expect_variables(const ImageUse& use, const json& expected) {
  const json none = json::array();
  const json& wanted = expected.contains("vars") ? expected.at("vars") : none;
  ASSERT_EQ(use.value.variables.size(), wanted.size());
  for (std::size_t index = 0; index < wanted.size(); ++index) {
    const Variable& variable = use.value.variables[index];
    EXPECT_EQ(variable.name, wanted[index].at("name").get<std::string>());
    EXPECT_EQ(variable.op, wanted[index].at("op").get<std::string>());
  }
  if (!use.value.is_known()) return;  // a variable in an error message is none of the value's
  std::vector<std::string> unset;
  for (const Variable& variable : use.value.variables)
    if (variable.source == VariableSource::none) unset.emplace_back(variable.name);
  EXPECT_EQ(unset, names(expected.contains("unresolved") ? expected.at("unresolved") : none));
}

void expect_use(const Reading& reading, const ImageUse& use, const json& expected) {
  const std::string role = expected.at("role").get<std::string>();
  EXPECT_EQ(use.role->name, role_names.at(role));
  EXPECT_EQ(use.active, role != "dormant");
  EXPECT_EQ(use.path, expected.at("path").get<std::string>());
  std::vector<std::string> uses;
  for (const Alias& alias : use.aliases) uses.emplace_back(alias.path);
  EXPECT_EQ(uses, names(expected.at("uses")));
  EXPECT_EQ(style_name(use.style), expected.at("style").get<std::string>());
  EXPECT_EQ(use.span, reading.span(expected.at("ref")));
  EXPECT_EQ(use.written.text(), expected.at("ref").at("text").get<std::string>());
  EXPECT_EQ(use.value.is_known(), !expected.at("resolved").is_null());
  if (use.value.is_known())
    EXPECT_EQ(use.value.text(), expected.at("resolved").get<std::string>());
  else
    EXPECT_TRUE(use.error().starts_with(expected.at("error").get<std::string>())) << use.error();
  expect_variables(use, expected);
}

/// Where each byte of a value comes from: an offset, or the name of a variable whose value is not in the
/// file.
struct Origin {
  std::optional<std::uint32_t> offset;
  std::string variable;
};

void add_segments(const Reading& reading, const json& segments, const std::string& variable,
                  std::vector<Origin>& origins) {
  for (const json& segment : segments) {
    const std::string kind = segment.at("kind").get<std::string>();
    const std::string out = segment.at("out").get<std::string>();
    const std::string name = segment.value("name", variable);
    if (segment.contains("inner")) {
      add_segments(reading, segment.at("inner"), name, origins);
      continue;
    }
    Span span = reading.span(segment);
    if (segment.contains("arg"))
      span = {reading.respelled.offset(segment.at("arg")[0].get<std::uint32_t>()),
              reading.respelled.offset(segment.at("arg")[1].get<std::uint32_t>())};
    const bool is_literal = kind == "literal" || kind == "default" || kind == "alternate";
    const bool is_exact = is_literal && reading.source.text(span) == out;
    for (std::uint32_t at = 0; at < out.size(); ++at) {
      Origin origin{.offset = {}, .variable = name};
      if (is_exact) origin.offset = span.begin + at;
      origins.push_back(origin);
    }
  }
}

/// The pieces of a scalar's value against the segments.
void expect_segments(const Reading& reading, const Interpolation& found, const json& segments) {
  std::vector<Origin> origins;
  add_segments(reading, segments, "", origins);
  ASSERT_EQ(origins.size(), found.value.text().size());
  for (const Piece& piece : found.value.pieces())
    for (std::uint32_t at = piece.text.begin; at < piece.text.end; ++at) {
      const Origin& origin = origins[at];
      EXPECT_EQ(piece.variable == no_variable ? "" : found.variables[piece.variable].name, origin.variable);
      if (!origin.offset) continue;
      ASSERT_TRUE(piece.exact && piece.source == &reading.source);
      EXPECT_EQ(piece.span.begin + at - piece.text.begin, *origin.offset);
    }
}

void expect_scalar(const Reading& reading, const yaml::Tree& tree, const TemplateValues& values,
                   const json& expected) {
  Arena arena;
  const Span wanted = reading.span(expected);
  for (const yaml::Node& node : tree.nodes) {
    if (node.kind != yaml::NodeKind::scalar || node.mark > wanted.begin || node.key) continue;
    const yaml::ScalarPlace place = yaml::locate(reading.source, node, arena);
    if (place.content != wanted) continue;
    EXPECT_EQ(place.not_editable, "");
    EXPECT_EQ(place.text.text(), expected.at("value").get<std::string>());
    EXPECT_EQ(style_name(place.style), expected.at("style").get<std::string>());
    const Interpolation found = interpolate(place.text, values, arena);
    EXPECT_EQ(!found.fault, !expected.at("resolved").is_null());
    if (expected.at("ref").is_null() && !found.fault) {
      EXPECT_EQ(found.value.text(), expected.at("resolved").get<std::string>());
    }
    if (expected.contains("segments")) expect_segments(reading, found, expected.at("segments"));
    return;
  }
  ADD_FAILURE() << "no scalar at " << wanted.begin << " to " << wanted.end;
}

void expect_inline(const Reading& reading, const ImageUse& use, const json& expected, const json& scalar) {
  EXPECT_TRUE(use.part > 0);
  EXPECT_EQ(use.role->name, role_names.at(expected.at("role").get<std::string>()));
  EXPECT_EQ(use.span, reading.span(expected));
  EXPECT_EQ(use.value.text(), expected.at("resolved").get<std::string>());
  EXPECT_EQ(use.path, scalar.at("path").get<std::string>());
  EXPECT_EQ(style_name(use.style), scalar.at("style").get<std::string>());
  EXPECT_EQ(use.kind, Kind::image) << to_string(use.kind);
}

/// Images of inline Dockerfiles that the expectation counts: stages, contexts and `scratch` are left out
/// there.
bool counts(const ImageUse& use) {
  return use.kind != Kind::stage && use.kind != Kind::stage_index && use.kind != Kind::context &&
         use.kind != Kind::scratch;
}

void expect_references(const Reading& reading, const yaml::Tree& tree, const TemplateValues& values,
                       const json& references) {
  auto use = reading.document.uses.begin();
  const auto next = [&] {
    while (use != reading.document.uses.end() && !counts(*use)) ++use;
    return use != reading.document.uses.end();
  };
  for (const json& expected : references) {
    SCOPED_TRACE(expected.at("path").get<std::string>());
    expect_scalar(reading, tree, values, expected);
    if (!expected.at("ref").is_null()) {
      ASSERT_TRUE(next()) << "not found";
      expect_use(reading, *use++, expected);
    }
    if (!expected.contains("inline")) continue;
    for (const json& image : expected.at("inline")) {
      ASSERT_TRUE(next()) << "not found in the Dockerfile: " << image;
      expect_inline(reading, *use++, image, expected);
    }
  }
  EXPECT_FALSE(next()) << "found beyond what is expected: " << use->path << " " << use->value.text();
}

}  // namespace

std::string to_string(Spelling spelling) {
  return std::string(spelling.crlf ? "CRLF" : "LF") + (spelling.mark ? " with a byte order mark" : "");
}

Respelled::Respelled(const std::string& bytes, Spelling spelling) {
  const bool add_mark = spelling.mark && !bytes.starts_with("\xEF\xBB\xBF");
  if (add_mark) bytes_ = "\xEF\xBB\xBF";
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    if (spelling.crlf && bytes[at] == '\n' && (at == 0 || bytes[at - 1] != '\r')) bytes_ += '\r';
    bytes_ += bytes[at];
  }
  offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
}

void expect_case(const ComposeCase& compose_case, Spelling spelling) {
  SCOPED_TRACE(compose_case.name + ", " + to_string(spelling));
  const Respelled respelled(compose_case.bytes, spelling);
  const Source source("compose.yaml", respelled.bytes());
  const Source env_source(".env", compose_case.dotenv);
  Arena arena;
  const EnvFile env_file = read_env_file(env_source, compose_case.env, arena);
  EXPECT_TRUE(env_file.troubles.empty());
  TemplateValues environment;
  for (const GivenValue& given : env_file.values)
    environment.set(given.name, {VariableSource::env_file, given.value});
  const ReadOptions options{.env = compose_case.env, .environment = &environment};
  const auto document = read_compose(source, options);
  const json& line = compose_case.line;
  if (line.at("yaml") == "error") {
    EXPECT_TRUE(document->blocks_edits());
    EXPECT_FALSE(document->troubles.empty());
    EXPECT_TRUE(document->uses.empty());
    return;
  }
  EXPECT_FALSE(document->blocks_edits())
      << (document->troubles.empty() ? "" : document->troubles.front().message);
  if (line.at("load") == "ok") {
    EXPECT_TRUE(document->troubles.empty()) << document->troubles.front().message;
  }
  TemplateValues values(options.environment);
  for (const auto& [name, value] : options.env) values.set(name, {VariableSource::option, {value, {}}});
  const yaml::Parsed parsed = yaml::parse(source, options.max_bytes, arena);
  const Reading reading{source, respelled, *document};
  expect_references(reading, parsed.tree, values,
                    line.contains("expected") ? line.at("expected") : line.at("refs"));
}

std::vector<json> read_json_lines(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::vector<json> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
  return lines;
}

}  // namespace imglint::test
