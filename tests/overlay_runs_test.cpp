// Overlays and charts, run by run: what moves together, what is judged, what a copy plan says
// (docs/spec/kubernetes.md 5 and 6).
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/run_case.hpp"

namespace imglint::test {
namespace {

class OverlayRuns : public testing::TestWithParam<RunCase> {};

TEST_P(OverlayRuns, SayAndWriteWhatTheyMust) { check_run_case(GetParam()); }

const std::string entry_of_b = "images:\n- name: quay.io/a/b\n  newTag: \"2\"\n";
const std::string policy_and_pod =
    "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: f}\nspec:\n  x:\n    containers:\n"
    "    - {name: a, image: \"quay.io/a/b:1\"}\n---\n";
const std::string transformer =
    "apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: {name: t}\nimageTag:\n  name: quay.io/a/b\n"
    "  newTag: \"9\"\n";
const std::string test_of_b =
    "- op: test\n  path: /spec/template/spec/containers/0/image\n  value: quay.io/a/b:1\n";

std::string indented(const std::string& text) {
  std::string result = "  ";
  for (const char c : text) {
    result += c;
    if (c == '\n') result += "  ";
  }
  return result.substr(0, result.size() - 2);
}

/// What an overlay holds by its spelling stays.
RunCase held(const char* name, Files files, const std::string& why) {
  return {
      name, std::move(files), {"retarget", "--to", "ghcr.io/org", "."}, 1, {}, {why, "[kustomize-selector]"},
      {}};
}

RunCase moved_together(const char* name, Files files, Files changed) {
  return {name, std::move(files), {"retarget", "--to", "ghcr.io/org", "."}, 0, std::move(changed),
          {},   {"error"}};
}

std::string release(const std::string& host, const std::string& path) {
  return "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: x}\nspec:\n  values:\n"
         "    image: {repository: " +
         host + "/" + path +
         "a/b, tag: v1}\n  postRenderers:\n  - kustomize:\n"
         "      images:\n      - name: " +
         host + "/" + path + "a/b\n        newName: " + host + "/" + path + "fork/b\n        newTag: v2\n";
}

std::string application(const std::string& name) {
  return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: x}\nspec:\n  source:\n"
         "    repoURL: https://git.example/x.git\n    path: base\n    kustomize:\n      images:\n      - " +
         name + "\n";
}

std::string inflated(const std::string& name) {
  return "helmCharts:\n- name: api\n  valuesInline:\n    image: {repository: " + name +
         ", tag: v1}\nimages:\n- name: " + name + "\n  newTag: v2\n";
}

std::string prometheus(const std::string& name) {
  return "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: x}\nspec:\n  image: " +
         name + ":v1\n";
}

INSTANTIATE_TEST_SUITE_P(
    OfTheKustomizeLaw, OverlayRuns,
    testing::Values(
        held("an_object_that_is_not_listed",
             {{"d.yaml", policy_and_pod + deployment("quay.io/a/b:1")},
              {"kustomization.yaml", "resources: [d.yaml]\n" + entry_of_b}},
             "d.yaml:7, which is not edited"),
        held("a_transformer_in_a_file",
             {{"d.yaml", deployment("quay.io/a/b:1")},
              {"t.yaml", transformer},
              {"kustomization.yaml", "resources: [d.yaml]\ntransformers: [t.yaml]\n"}},
             "t.yaml:5 is the name that a transformer selects it by"),
        held("a_transformer_in_a_folder",
             {{"d.yaml", deployment("quay.io/a/b:1")},
              {"t/t.yaml", transformer},
              {"t/kustomization.yaml", "resources: [t.yaml]\n"},
              {"kustomization.yaml", "resources: [d.yaml]\ntransformers: [./t]\n"}},
             "transformer"),
        held("a_transformer_inline",
             {{"d.yaml", deployment("quay.io/a/b:1")},
              {"kustomization.yaml", "resources: [d.yaml]\ntransformers:\n- |-\n" + indented(transformer)}},
             "transformer"),
        held("a_test_in_a_patch",
             {{"d.yaml", deployment("quay.io/a/b:1")},
              {"kustomization.yaml",
               "resources: [d.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: |-\n" +
                   indented(indented(test_of_b))}},
             "is what a patch tests"),
        held("a_test_in_a_file",
             {{"d.yaml", deployment("quay.io/a/b:1")},
              {"p.yaml", test_of_b},
              {"kustomization.yaml", patching()}},
             "p.yaml:3 is what a patch tests"),
        held("a_string_that_is_its_own_selector",
             {{"base/d.yaml", deployment("quay.io/a/b:1")},
              {"base/kustomization.yaml", "resources: [d.yaml]\n"},
              {"app.yaml", application("quay.io/a/b:2")}},
             "write 'OLD=NEW:TAG' there"),
        held("a_configured_place_that_stays",
             {{"d.yaml", deployment("quay.io/a/b:1") +
                             "---\napiVersion: acme.io/v1\nkind: X\nmetadata: {name: x}\nspec: {runnerImage: "
                             "\"quay.io/a/b:1\"}\n"},
              {"k.yaml", "images:\n- path: spec/runnerImage\n  kind: X\n"},
              {"kustomization.yaml", "resources: [d.yaml]\nconfigurations: [k.yaml]\n" + entry_of_b}},
             "which is not edited"),
        moved_together("a_test_of_another_image_hinders_nothing",
                       {{"d.yaml", deployment("quay.io/a/c:1")},
                        {"p.yaml", test_of_b},
                        {"kustomization.yaml", patching()}},
                       {{"d.yaml", deployment("ghcr.io/org/a/c:1")}}),
        moved_together("a_configured_place",
                       {{"d.yaml", prometheus("quay.io/a/b")},
                        {"k.yaml", "images:\n- path: spec/image\n  kind: Prometheus\n"},
                        {"kustomization.yaml",
                         "resources: [d.yaml]\nconfigurations: [k.yaml]\n" + entry_of_b}},
                       {{"d.yaml", prometheus("ghcr.io/org/a/b")},
                        {"kustomization.yaml",
                         "resources: [d.yaml]\nconfigurations: [k.yaml]\nimages:\n- name: "
                         "ghcr.io/org/a/b\n  newTag: \"2\"\n"}}),
        moved_together("values_and_what_is_put_behind_them", {{"r.yaml", release("quay.io", "")}},
                       {{"r.yaml", release("ghcr.io", "org/")}}),
        moved_together("values_of_a_chart_that_is_inflated",
                       {{"kustomization.yaml", inflated("quay.io/a/b")}},
                       {{"kustomization.yaml", inflated("ghcr.io/org/a/b")}}),
        moved_together("an_application_and_its_folder",
                       {{"base/d.yaml", deployment("quay.io/a/b:1")},
                        {"base/kustomization.yaml", "resources: [d.yaml]\n"},
                        {"app.yaml", application("quay.io/a/b=quay.io/fork/b:2")}},
                       {{"base/d.yaml", deployment("ghcr.io/org/a/b:1")},
                        {"app.yaml", application("ghcr.io/org/a/b=ghcr.io/org/fork/b:2")}})),
    name_of_case);

RunCase judged(const char* name, Files files, std::vector<std::string> said,
               std::vector<std::string> not_said) {
  return {name, std::move(files), {"check", "--exit-zero", "."}, 0, {}, std::move(said), std::move(not_said)};
}

RunCase planned(const char* name, Files files, std::vector<std::string> said,
                std::vector<std::string> not_said) {
  return {name,
          std::move(files),
          {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "skopeo", "."},
          0,
          {},
          std::move(said),
          std::move(not_said)};
}

const std::string renaming = "resources: [d.yaml]\nimages:\n- name: APP\n  newName: quay.io/x/api\n";
const std::string workflow =
    "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec:\n  templates:\n"
    "  - name: t\n    containerSet:\n      containers:\n      - {name: a, image: \"quay.io/a/b\"}\n";
const std::string name_space = "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n";

INSTANTIATE_TEST_SUITE_P(
    OfWhatAnOverlaySays, OverlayRuns,
    testing::Values(
        judged("a_new_name_keeps_the_tag",
               {{"d.yaml", deployment("app:1.2.3")},
                {"kustomization.yaml",
                 "resources: [d.yaml]\nimages:\n- name: app\n  newName: quay.io/x/api\n"}},
               {}, {"missing-tag"}),
        planned("a_new_name_is_copied_with_it",
                {{"d.yaml", deployment("quay.io/a/b:1.2.3")},
                 {"kustomization.yaml",
                  "resources: [d.yaml]\nimages:\n- name: quay.io/a/b\n  newName: quay.io/x/api\n"}},
                {"docker://quay.io/x/api:1.2.3 docker://ghcr.io/org/x/api:1.2.3"}, {":latest"}),
        planned("of_two_tags_none_is_known",
                {{"d.yaml", deployment("quay.io/a/b:1") + "---\n" + deployment("quay.io/a/b:2")},
                 {"kustomization.yaml",
                  "resources: [d.yaml]\nimages:\n- name: quay.io/a/b\n  newName: quay.io/x/api\n"}},
                {"# tag not known: quay.io/x/api -> ghcr.io/org/x/api"}, {":latest"}),
        judged("a_workflow_is_overlaid",
               {{"w.yaml", workflow}, {"kustomization.yaml", "resources: [w.yaml]\n" + entry_of_b}}, {},
               {"missing-tag", "kustomize-selects-nothing"}),
        judged("a_replaced_place_holder_is_no_mistake",
               {{"d.yaml", deployment("APP")}, {"kustomization.yaml", renaming + "  newTag: \"1\"\n"}}, {},
               {"invalid-reference"}),
        judged("a_place_holder_that_stays_is_one",
               {{"d.yaml", deployment("APP")}, {"kustomization.yaml", "resources: [d.yaml]\n"}},
               {"invalid-reference"}, {}),
        judged("flux_counts_from_the_root",
               {{"clusters/a.yaml",
                 "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
                 "metadata: {name: a}\nspec:\n  path: /apps\n  " +
                     indented(entry_of_b).substr(2)},
                {"apps/d.yaml", deployment("quay.io/a/b")}},
               {}, {"missing-tag"}),
        judged("flux_puts_components_to_its_folder",
               {{"clusters/a.yaml",
                 "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
                 "metadata: {name: a}\nspec:\n  path: ./apps\n  components: [../comp]\n"},
                {"comp/kustomization.yaml",
                 "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" + entry_of_b},
                {"apps/d.yaml", deployment("quay.io/a/b")}},
               {}, {"missing-tag"}),
        judged("a_missing_resource_may_be_selected",
               {{"kustomization.yaml", "resources: [missing.yaml]\n" + entry_of_b}}, {},
               {"kustomize-selects-nothing"}),
        judged("all_resources_are_here",
               {{"n.yaml", name_space}, {"kustomization.yaml", "resources: [n.yaml]\n" + entry_of_b}},
               {"kustomize-selects-nothing"}, {})),
    name_of_case);

const std::string untagged = "image:\n  repository: quay.io/acme/api\n  tag: \"\"\n";
const std::string chart = "apiVersion: v2\nname: api\nversion: 1.0.0\nappVersion: 1.4.2\n";

INSTANTIATE_TEST_SUITE_P(
    OfValues, OverlayRuns,
    testing::Values(
        judged("an_empty_tag_is_unknown_without_a_chart", {{"values.yaml", untagged}}, {}, {"missing-tag"}),
        planned("an_empty_tag_is_not_copied_as_the_latest", {{"values.yaml", untagged}},
                {"# tag not known: quay.io/acme/api"}, {":latest"}),
        planned("a_guessed_tag_is_a_comment", {{"Chart.yaml", chart}, {"values.yaml", untagged}},
                {"# tag not known: quay.io/acme/api"}, {"skopeo copy"}),
        RunCase{"a_guessed_tag_says_so",
                {{"Chart.yaml", chart}, {"values.yaml", untagged}},
                {"list", "--format", "jsonl", "values.yaml"},
                0,
                {},
                {"quay.io/acme/api:1.4.2", "\"tag_source\":\"app-version\""},
                {}},
        RunCase{"a_written_tag_does_not",
                {{"Chart.yaml", chart}, {"values.yaml", values("\"1\"")}},
                {"list", "--format", "jsonl", "values.yaml"},
                0,
                {},
                {},
                {"tag_source"}},
        RunCase{"a_default_outside_is_no_value",
                {{"d.yaml", deployment("${REG:=quay.io}/a/b:1")}},
                {"retarget", "--to", "ghcr.io/org", "d.yaml"},
                1,
                {},
                {"--env REG=VALUE"},
                {"give it a default"}},
        RunCase{"a_template_engine_gives_none",
                {{"d.yaml", deployment("\"{{ reg }}/a/b:1\"")}},
                {"retarget", "--to", "ghcr.io/org", "d.yaml"},
                1,
                {},
                {"template engine"},
                {"give it a default"}},
        RunCase{"a_key_in_capitals_is_seen",
                {{"c.yaml",
                  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {SIDECAR_IMAGE: "
                  "\"quay.io/a/b:1\"}\n"}},
                {"list", "."},
                0,
                {},
                {"config-value quay.io/a/b:1"},
                {}},
        RunCase{"an_empty_registry_gets_the_host",
                {{"values.yaml", "image: {registry: \"\", repository: a/b, tag: \"1\"}\n"},
                 {".imglint.yaml", "rules: {require-registry: warning}\n"}},
                {"check", "--fix", "values.yaml"},
                0,
                {{"values.yaml", "image: {registry: \"docker.io\", repository: a/b, tag: \"1\"}\n"}},
                {},
                {}}),
    name_of_case);

}  // namespace
}  // namespace imglint::test
