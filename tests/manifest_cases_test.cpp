// Kubernetes, Kustomize, Helm and their kin (docs/spec/kubernetes.md): the cases of
// fixtures/conformance/kinds-k8s.jsonl and fixtures/manifests/, and the real files that IMGLINT_KINDS_CORPUS
// names.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/path.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/kind_cases.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using Rows = ListedRows;

const std::set<std::string>& dialects() {
  static const std::set<std::string> names = {
      "kubernetes",   "kustomization",    "flux-kustomization", "helm-values", "helm-chart", "helm-template",
      "helm-release", "argo-application", "argo-workflow",      "tekton",      "knative"};
  return names;
}

/// Moves that the vectors' own mapping makes and the laws of retarget do not allow, with the kind of error.
const std::map<std::string, std::string>& against_the_laws_of_retarget() {
  static const std::map<std::string, std::string> names = {
      // Two images would get one name (docs/spec/retarget.md 6.6).
      {"k-two-overlays", "collision"},
      {"hv-empty-registry", "collision"},
      // A repository on Docker Hub has a namespace and a name.
      {"hv-to-docker-hub", "target-depth"},
  };
  return names;
}

/// A label of the corpus that takes for an image what all templates beside it put a name behind.
constexpr std::string_view labelled_as_image =
    "GoogleCloudPlatform__microservices-demo/helm-chart/values.yaml";

Json as_prefix(Json labels) {
  for (Json& row : labels) {
    row["value"] = row.at("text").get<std::string>() + "/";
    row["parts"] = Json::array();
  }
  return labels;
}

/// Those of this specification.
Rows listed(const std::string& output) {
  Rows rows = listed_rows(output);
  for (auto& [file, of_file] : rows)
    std::erase_if(of_file, [](const Json& row) { return !dialects().contains(row.at("dialect")); });
  return rows;
}

Json parts_of(const Json& row) {
  std::vector<Json> parts;
  if (row.contains("parts"))
    for (const Json& part : row.at("parts"))
      parts.push_back({part.at("part"), part.at("start"), part.at("end")});
  std::sort(parts.begin(), parts.end());
  return parts;
}

/// What differs between the references of one file, a line each.
std::string differences(const Json& wanted, std::vector<Json> found) {
  std::string text;
  for (const Json& want : wanted) {
    const auto same = std::find_if(found.begin(), found.end(), [&](const Json& row) {
      return row.at("start") == want.at("start") && row.at("end") == want.at("end");
    });
    if (same == found.end()) {
      text += "missing " + brief(want) + "\n";
      continue;
    }
    for (const auto& [field, key] : {std::pair{"value", "value"}, std::pair{"kind", "dialect"},
                                     std::pair{"role", "role"}, std::pair{"confidence", "confidence"}})
      if (same->at(key) != want.at(field))
        text += brief(want) + ": " + key + " " + same->at(key).dump() + "\n";
    if (want.contains("parts") && parts_of(*same) != parts_of(want))
      text += brief(want) + ": parts " + parts_of(*same).dump() + "\n";
    found.erase(same);
  }
  for (const Json& row : found) text += "unexpected " + brief(row) + "\n";
  return text;
}

void check_listing(const Json& one) {
  MemoryFileSystem disk;
  lay_out(one.at("files"), disk);
  Rows rows = listed(run_program_in(disk, {"list", "--format", "jsonl", "."}).out);
  std::map<std::string, Json> wanted;
  for (const Json& row : one.at("expected")) wanted[row.at("file")].push_back(row);
  for (const auto& [name, bytes] : one.at("files").items()) {
    EXPECT_EQ(differences(wanted.contains(name) ? wanted[name] : Json::array(), rows[name]), "") << name;
    EXPECT_EQ(disk.bytes(name), bytes.get<std::string>()) << "listing changes nothing";
  }
}

void check_refusals(const Json& wanted, const Json& found) {
  std::multiset<std::string> left;
  for (const Json& row : found)
    left.insert(normal_path(row.at("file").get<std::string>()) + " " + row.at("kind").get<std::string>() +
                " " + row.at("start").dump());
  for (const Json& row : wanted) {
    const std::string text = row.at("file").get<std::string>() + " " + row.at("reason").get<std::string>() +
                             " " + row.at("start").dump();
    const auto same = left.find(text);
    EXPECT_NE(same, left.end()) << "no refusal " << text;
    if (same != left.end()) left.erase(same);
  }
  EXPECT_TRUE(left.empty()) << "unexpected " << *left.begin();
}

void check_move(const Json& one, const Json& move) {
  MemoryFileSystem disk;
  lay_out(one.at("files"), disk);
  std::vector<std::string> words = {"retarget"};
  for (const Json& word : move.at("options")) words.push_back(word);
  const auto run = [&](std::vector<std::string> more) {
    std::vector<std::string> all = words;
    all.insert(all.end(), more.begin(), more.end());
    return run_program_in(disk, all);
  };
  const ProgramRun done = run({"--format", "json", "."});
  const Json report = Json::parse(done.out);
  const auto law = against_the_laws_of_retarget().find(one.at("name"));
  if (law != against_the_laws_of_retarget().end()) {
    EXPECT_NE(done.code, 0);
    EXPECT_NE(done.out.find("\"" + law->second + "\""), std::string::npos) << done.out;
    return;
  }
  const Json& after = move.contains("files") ? move.at("files") : one.at("files");
  const auto expect_files = [&](const char* when) {
    for (const auto& [name, bytes] : after.items())
      EXPECT_EQ(disk.bytes(name), bytes.get<std::string>()) << name << ", " << when;
  };
  expect_files("after the move");
  const bool refuses = move.contains("refused") && !move.at("refused").empty();
  check_refusals(move.value("refused", Json::array()),
                 one.at("expected").empty() ? Json::array() : report.at("unresolved"));
  // Of YAML that cannot be read nothing is listed, which is told by the exit code.
  if (!one.at("expected").empty()) {
    EXPECT_EQ(done.code, refuses ? 1 : 0) << done.err;
  }
  (void)run({"."});
  expect_files("after a second move");
}

class ManifestCases : public testing::TestWithParam<Json> {};

TEST_P(ManifestCases, AreListedAndMovedAsTheyMustBe) {
  const Json& one = GetParam();
  check_listing(one);
  if (one.contains("retarget"))
    for (const Json& move : one.at("retarget")) {
      SCOPED_TRACE(move.at("options").dump());
      check_move(one, move);
    }
}

INSTANTIATE_TEST_SUITE_P(All, ManifestCases,
                         testing::ValuesIn(kind_cases("kinds-k8s.jsonl", "fixtures/manifests")),
                         [](const auto& one) { return test_name(one.param); });

TEST(ManifestCorpus, IsListedAsItWasLabelled) {
  MemoryFileSystem disk;
  const std::vector<LabelledFile> files = labelled_files("kubernetes", disk);
  if (std::getenv("IMGLINT_KINDS_CORPUS") == nullptr) GTEST_SKIP() << "IMGLINT_KINDS_CORPUS names no folder";
  ASSERT_FALSE(files.empty());
  Rows rows = listed(run_program_in(disk, {"list", "--format", "jsonl", "."}).out);
  for (const LabelledFile& file : files)
    EXPECT_EQ(differences(file.path == labelled_as_image ? as_prefix(file.expected) : file.expected,
                          rows[file.path]),
              "")
        << file.path;
}

}  // namespace
}  // namespace imglint::test
