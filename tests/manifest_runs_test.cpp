// Kubernetes and its kin, run by run: variables, tags that are numbers, files that kustomizations name
// (docs/spec/kubernetes.md).
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/run_case.hpp"

namespace imglint::test {
namespace {

class ManifestRuns : public testing::TestWithParam<RunCase> {};

TEST_P(ManifestRuns, SayAndWriteWhatTheyMust) { check_run_case(GetParam()); }

RunCase moved_with(const char* name, const std::string& image, const std::string& variable,
                   const std::string& after) {
  return {name,
          {{"d.yaml", deployment(image)}},
          {"retarget", "--to", "ghcr.io/org", "--env", variable, "d.yaml"},
          0,
          {{"d.yaml", deployment(after)}},
          {},
          {"error"}};
}

INSTANTIATE_TEST_SUITE_P(
    OfVariables, ManifestRuns,
    testing::Values(
        moved_with("a_given_tag_is_known", "quay.io/a/b:${TAG:=v1}", "TAG=v2", "ghcr.io/org/a/b:${TAG:=v1}"),
        moved_with("a_given_path_is_known", "quay.io/${ORG}/b:1", "ORG=acme", "ghcr.io/org/${ORG}/b:1"),
        RunCase{"a_given_host_is_the_option_s",
                {{"d.yaml", deployment("$REG/a/b:1")}},
                {"retarget", "--to", "ghcr.io/org", "--env", "REG=quay.io", "d.yaml"},
                1,
                {},
                {"'REG' is given by --env", "[defined-by-option]"},
                {"invalid-reference"}},
        RunCase{"a_host_with_a_default_is_the_option_s",
                {{"d.yaml", deployment("${REG:=quay.io}/a/b:1")}},
                {"retarget", "--to", "ghcr.io/org", "--env", "REG=quay.io", "d.yaml"},
                1,
                {},
                {"[defined-by-option]"},
                {}},
        RunCase{"values_list_what_is_given",
                {{"values.yaml", "image:\n  repository: quay.io/${ORG}/b\n  tag: \"1\"\n"}},
                {"list", "--env", "ORG=acme", "values.yaml"},
                0,
                {},
                {"quay.io/acme/b:1"},
                {"invalid"}},
        RunCase{"an_empty_variable_is_empty",
                {{"d.yaml", deployment("quay.io/a/b${SUFFIX}:1")}},
                {"list", "--env", "SUFFIX=", "d.yaml"},
                0,
                {},
                {"quay.io/a/b:1"},
                {"unresolved"}}),
    name_of_case);

RunCase quoted_tag(const char* name, const std::string& tag) {
  return {name,
          {{"values.yaml", values(tag)}},
          {"check", "--select", "number-as-tag", "--fix", "--unsafe-fixes", "values.yaml"},
          0,
          {{"values.yaml", values("\"" + tag + "\"")}},
          {},
          {"broken"}};
}

INSTANTIATE_TEST_SUITE_P(
    OfNumbersAsTags, ManifestRuns,
    testing::Values(
        quoted_tag("a_last_zero_is_quoted", "3.10"), quoted_tag("another_is_quoted", "1.20"),
        quoted_tag("a_date_is_quoted", "20240101"), quoted_tag("hexadecimal_is_quoted", "0x10"),
        quoted_tag("an_exponent_is_quoted", "1e3"), quoted_tag("octal_is_quoted", "010"),
        quoted_tag("underscores_are_quoted", "1_000"),
        RunCase{"lines_with_carriage_returns_are_quoted",
                {{"values.yaml", "image:\r\n  repository: quay.io/acme/api\r\n  tag: 3.10\r\n"}},
                {"check", "--select", "number-as-tag", "--fix", "--unsafe-fixes", "values.yaml"},
                0,
                {{"values.yaml", "image:\r\n  repository: quay.io/acme/api\r\n  tag: \"3.10\"\r\n"}},
                {},
                {"broken"}},
        RunCase{"flow_and_anchors_are_quoted",
                {{"values.yaml", "image: {repository: quay.io/acme/api, tag: &t 3.10}\nother: *t\n"}},
                {"check", "--select", "number-as-tag", "--fix", "--unsafe-fixes", "values.yaml"},
                0,
                {{"values.yaml", "image: {repository: quay.io/acme/api, tag: &t \"3.10\"}\nother: *t\n"}},
                {},
                {"broken"}},
        RunCase{"other_fixes_of_the_file_are_made_too",
                {{"values.yaml", values("3.10") + "web:\n  image: index.docker.io/acme/web:1\n"}},
                {"check", "--fix", "--unsafe-fixes", "values.yaml"},
                0,
                {{"values.yaml", values("\"3.10\"") + "web:\n  image: docker.io/acme/web:1\n"}},
                {},
                {"broken"}}),
    name_of_case);

const std::string json_patch =
    "- op: replace\n  path: /spec/template/spec/containers/0/image\n  value: redis:7\n";
const std::string charting =
    "helmCharts:\n- name: api\n  valuesFile: prod.yaml\n  additionalValuesFiles: [more.yaml]\n";

RunCase listed(const char* name, Files files, const std::string& given, const std::string& reference) {
  return {name, std::move(files), {"list", given}, 0, {}, {reference}, {}};
}

INSTANTIATE_TEST_SUITE_P(
    OfFilesThatKustomizationsName, ManifestRuns,
    testing::Values(listed("a_given_patch_is_read",
                           {{"kustomization.yaml", patching()}, {"p.yaml", json_patch}}, "p.yaml", "redis:7"),
                    listed("a_patch_of_a_folder_below_is_read",
                           {{"o/Kustomization", "patchesJson6902:\n- path: ./patches/p.yml\n"},
                            {"o/patches/p.yml", json_patch}},
                           "o/patches/p.yml", "redis:7"),
                    listed("given_values_are_read",
                           {{"kustomization.yaml", charting}, {"more.yaml", values("\"1\"")}}, "more.yaml",
                           "quay.io/acme/api:1"),
                    RunCase{"a_list_that_nothing_names_is_none",
                            {{"kustomization.yaml", "resources: []\n"}, {"p.yaml", json_patch}},
                            {"list", "p.yaml"},
                            0,
                            {},
                            {},
                            {"redis:7"}},
                    RunCase{"a_given_patch_is_judged",
                            {{"kustomization.yaml", patching()},
                             {"p.yaml", "- op: replace\n  path: /spec/containers/0/image\n  value: redis\n"}},
                            {"check", "p.yaml"},
                            1,
                            {},
                            {"p.yaml:3:10", "[missing-tag]"},
                            {}},
                    RunCase{"a_given_patch_is_moved",
                            {{"kustomization.yaml", patching()}, {"p.yaml", json_patch}},
                            {"retarget", "--to", "r.io/m", "p.yaml"},
                            0,
                            {{"p.yaml",
                              "- op: replace\n  path: /spec/template/spec/containers/0/image\n  value: "
                              "r.io/m/redis:7\n"}},
                            {"1 moved in 1 file"},
                            {}}),
    name_of_case);

class WayBack : public testing::TestWithParam<RunCase> {};

TEST_P(WayBack, LeadsToTheOldBytes) {
  const RunCase& one = GetParam();
  MemoryFileSystem disk;
  for (const auto& [name, bytes] : one.files) disk.put(name, bytes);
  const ProgramRun there = run_program_in(disk, one.words);
  EXPECT_EQ(there.code, 0) << there.err;
  for (const auto& [name, bytes] : one.changed) EXPECT_NE(disk.bytes(name), bytes) << name;
  const ProgramRun back = run_program_in(disk, {"retarget", "--revert", "lock.json"});
  EXPECT_EQ(back.code, 0) << back.err;
  for (const auto& [name, bytes] : one.files) EXPECT_EQ(disk.bytes(name), bytes) << name;
}

INSTANTIATE_TEST_SUITE_P(OfFilesThatKustomizationsName, WayBack,
                         testing::Values(RunCase{"of_a_patch",
                                                 {{"d.yaml", deployment("quay.io/a/b:1")},
                                                  {"kustomization.yaml", patching()},
                                                  {"p.yaml", json_patch}},
                                                 {"retarget", "--to", "r.io/m", "--lock", "lock.json", "."},
                                                 0,
                                                 {{"p.yaml", json_patch}},
                                                 {},
                                                 {}},
                                         RunCase{
                                             "of_values",
                                             {{"kustomization.yaml", charting},
                                              {"prod.yaml", values("\"1\"")},
                                              {"more.yaml", values("\"2\"")}},
                                             {"retarget", "--to", "r.io/m", "--lock", "lock.json", "."},
                                             0,
                                             {{"prod.yaml", values("\"1\"")}, {"more.yaml", values("\"2\"")}},
                                             {},
                                             {}}),
                         name_of_case);

}  // namespace
}  // namespace imglint::test
