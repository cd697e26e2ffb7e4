// Place tables: which scalars of a tree a pattern names, by which paths, and what is made of them.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/place_uses.hpp"
#include "yaml/events.hpp"

namespace imglint {
namespace {

constexpr RoleInfo exact{.name = "exact", .label = "image"};
constexpr RoleInfo shape{.name = "shape", .label = "image", .certainty = Certainty::shape};
constexpr RoleInfo probable{.name = "probable", .label = "image", .certainty = Certainty::probable};
constexpr RoleInfo scheme{.name = "scheme", .label = "uses", .prefix = "docker://"};

std::string found_by(std::string_view pattern, std::string bytes) {
  const Source source("a.yaml", std::move(bytes));
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, 1u << 20, arena);
  EXPECT_FALSE(parsed.trouble);
  compose::View view(parsed.tree);
  const PlaceRow row{pattern, &exact};
  std::string shown;
  for (const FoundPlace& place : find_places(view, {&row, 1})) {
    shown.append(shown.empty() ? "" : ", ").append(place.path);
    shown.append("=").append(parsed.tree[place.scalar].value);
    for (const std::string& use : place.uses) shown.append(" <- ").append(use);
  }
  return shown;
}

struct PatternCase {
  const char* name;
  std::string_view pattern;
  std::string_view bytes;
  std::string_view found;
};

class Patterns : public testing::TestWithParam<PatternCase> {};

TEST_P(Patterns, NameScalars) {
  const PatternCase& one = GetParam();
  EXPECT_EQ(found_by(one.pattern, std::string(one.bytes)), one.found);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Patterns,
    testing::Values(
        PatternCase{"keys", "a.b", "a: {b: x, c: y}\nb: z\n", "a.b=x"},
        PatternCase{"items", "a[].b", "a: [{b: x}, {b: y}, z]\n", "a[0].b=x, a[1].b=y"},
        PatternCase{"items_of_items", "a[][]", "a: [[x], y, [z]]\n", "a[0][0]=x, a[2][0]=z"},
        PatternCase{"any_key", "jobs.*.image", "jobs: {a: {image: x}, b: {image: y}, c: [image]}\n",
                    "jobs.a.image=x, jobs.b.image=y"},
        PatternCase{"quoted_key", "a[\"b.c/d\"]", "a: {b.c/d: x}\n", "a[\"b.c/d\"]=x"},
        PatternCase{"any_depth", "**.image", "image: x\na: [{b: {image: y}}]\n", "image=x, a[0].b.image=y"},
        PatternCase{"only_text", "a", "a: [x]\n", ""}, PatternCase{"no_null", "a", "a:\n", ""},
        PatternCase{"every_document", "a", "a: x\n---\na: y\n", "a=x, a=y"},
        PatternCase{"json", "a[].b", "{\"a\": [{\"b\": \"x\"}]}\n", "a[0].b=x"},
        PatternCase{"alias", "*.image", "a: {image: &i x}\nb: {image: *i}\n", "a.image=x <- b.image"},
        PatternCase{"merge", "b.image", "a: &a {image: x}\nb: {<<: *a}\n", "a.image=x <- b.image"},
        PatternCase{"hidden_by_merge", "b.image", "a: &a {image: x}\nb: {<<: *a, image: y}\n", "b.image=y"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Places, TheSurestRoleCounts) {
  const Source source("a.yaml", "a: x:1\n");
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, 1u << 20, arena);
  compose::View view(parsed.tree);
  const PlaceRow table[] = {{"a", &probable}, {"a", &exact}, {"*", &shape}};
  const auto places = find_places(view, table);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places.front().role, &exact);
}

constexpr PlaceRow table[] = {{"exact", &exact},
                              {"shape", &shape},
                              {"probable", &probable},
                              {"optional", &scheme},
                              {"needed", &scheme, true}};
constexpr KindInfo table_kind = {.name = "table",
                                 .title = "table",
                                 .plural = "tables",
                                 .summary = "A table.",
                                 .examples = {},
                                 .names = {},
                                 .roles = {},
                                 .places = table,
                                 .languages = {}};

constexpr SplitRow splits[] = {{"parts[]", &plain_image}, {"named", &plain_image, "host", "name", ""}};

/// `${X}` is 1, all other `${NAME}` are unknown.
std::vector<TextVariable> variables_in(std::string_view text, const FoundPlace&) {
  static const Piece piece{.text = {0, 1}};
  std::vector<TextVariable> found;
  for (auto at = text.find("${"); at != text.npos; at = text.find("${", at + 1)) {
    const auto end = text.find('}', at) + 1;
    TextVariable variable{{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)},
                          text.substr(at + 2, end - at - 3)};
    if (variable.name == "X") {
      variable.value = MappedText("1", {&piece, 1});
      variable.source = VariableSource::option;
    }
    found.push_back(variable);
  }
  return found;
}

std::string read(std::string bytes) {
  const Source source("a.yaml", std::move(bytes));
  const auto document = read_by_table(
      source, {}, {.kind = &table_kind, .splits = splits, .is_member = {}, .find_variables = variables_in});
  std::string shown;
  for (const ImageUse& use : document->uses) {
    shown.append(shown.empty() ? "" : ", ").append(use.role->name).append(" ").append(to_string(use.kind));
    shown.append(" ").append(source.text(use.span)).append(" = ");
    shown.append(use.value.is_known() ? use.value.text() : "?");
  }
  return shown;
}

struct ReadCase {
  const char* name;
  std::string_view bytes;
  std::string_view uses;
};

class TableKinds : public testing::TestWithParam<ReadCase> {};

TEST_P(TableKinds, GiveUses) { EXPECT_EQ(read(std::string(GetParam().bytes)), GetParam().uses); }

INSTANTIATE_TEST_SUITE_P(
    Table, TableKinds,
    testing::Values(
        ReadCase{"literal", "exact: nginx\n", "exact image nginx = nginx"},
        ReadCase{"parts", "parts:\n- {registry: ghcr.io, repository: a/b, tag: \"1\"}\n",
                 "image image a/b = ghcr.io/a/b:1"},
        ReadCase{"parts_without_registry_and_tag", "parts:\n- repository: a/b\n", "image image a/b = a/b"},
        ReadCase{"parts_without_repository", "parts:\n- {registry: ghcr.io, tag: v1}\n", ""},
        ReadCase{"parts_that_an_alias_reaches_again", "parts:\n- &a {repository: a/b, tag: v1}\n- *a\n",
                 "image image a/b = a/b:v1"},
        ReadCase{"parts_by_other_keys", "named: {host: quay.io, name: a, tag: v1}\n",
                 "image image a = quay.io/a"},
        ReadCase{"quoted", "exact: \"nginx:1\"\n", "exact image nginx:1 = nginx:1"},
        ReadCase{"a_number_is_no_reference", "exact: 12\n", ""},
        ReadCase{"a_number_in_quotes_is_one", "exact: \"12\"\n", "exact image 12 = 12"},
        ReadCase{"invalid_is_listed", "exact: A B\n", "exact invalid A B = A B"},
        ReadCase{"shape_must_be_valid", "shape: A B\n", ""},
        ReadCase{"shape_may_hold_a_variable", "shape: ${T}\n", "shape unresolved ${T} = ?"},
        ReadCase{"probable_needs_evidence", "probable: nginx\n", ""},
        ReadCase{"probable_with_a_tag", "probable: nginx:1\n", "probable image nginx:1 = nginx:1"},
        ReadCase{"prefix_is_stripped", "optional: docker://nginx\n", "scheme image nginx = nginx"},
        ReadCase{"prefix_may_be_missing", "optional: nginx\n", "scheme image nginx = nginx"},
        ReadCase{"prefix_must_be_there", "needed: nginx\n", ""},
        ReadCase{"known_variable", "exact: a:${X}\n", "exact image a:${X} = a:1"},
        ReadCase{"unknown_variable", "exact: a:${T}\n", "exact unresolved a:${T} = ?"},
        ReadCase{"trouble", "exact: a\nexact: b\n", ""}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace imglint
