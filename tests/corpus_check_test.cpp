// The rules over real files (IMGLINT_CORPUS): nothing is said of stages, scratch, built images and unresolved
// values, and the laws of fixes hold.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/check_run.hpp"
#include "tests/support/fix_laws.hpp"

namespace imglint::test {
namespace {

namespace fs = std::filesystem;

std::string read_bytes(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Every file of the corpus under a name that says how it is read; none if there is no corpus.
std::vector<NamedText> corpus() {
  std::vector<NamedText> files;
  const char* folder = std::getenv("IMGLINT_CORPUS");
  if (!folder) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && (name.ends_with("Dockerfile") || name.ends_with(".yml")))
      files.push_back({entry.path().lexically_relative(folder).string(), read_bytes(entry.path())});
  }
  std::sort(files.begin(), files.end(),
            [](const NamedText& a, const NamedText& b) { return a.path < b.path; });
  return files;
}

/// Rules about variables and the file as a whole, and the bookkeeping of comments: they do not judge a
/// reference.
bool judges_references(std::string_view rule) {
  static const std::set<std::string_view> others = {"arg-scope",
                                                    "duplicate-stage",
                                                    "empty-arg",
                                                    "reserved-stage-name",
                                                    "stage-shadows-image",
                                                    "undefined-arg",
                                                    "unexplained-suppression",
                                                    "unknown-stage",
                                                    "self-copy",
                                                    "unreadable-file",
                                                    "unset-image-variable",
                                                    "unused-suppression"};
  return others.count(rule) == 0;
}

const ImageUse* use_at(const Document& document, const Location& place) {
  for (const ImageUse& use : document.uses)
    if (place.source == document.source && use.span.contains(place.span)) return &use;
  return nullptr;
}

/// Whether a place shows text that depends on a variable without a value.
bool is_unknown(const ImageUse& use, const Location& place) {
  return std::any_of(use.value.variables.begin(), use.value.variables.end(), [&](const Variable& variable) {
    const Span written = variable.written.span;
    return variable.source == VariableSource::none && variable.written.source == place.source &&
           written.begin < place.span.end && place.span.begin < written.end;
  });
}

/// Whether compose asks a registry for what a service builds, as its `pull_policy` says.
bool is_pulled_first(const Document& document, const ImageUse& use) {
  const Build* build = use.kind == Kind::built ? document.build_of(use) : nullptr;
  return build && !build->pull_policy.empty() && build->pull_policy != "build" &&
         build->pull_policy != "never";
}

/// The use is an image, or a faulty one, or a built one that is pulled, or what is known of an unresolved
/// one: `${REGISTRY}/app` lacks a tag whatever the registry is (docs/spec/rules.md 1, "Evaluation").
void expect_judgeable(const CheckRun& run, const Document& document, const Finding& finding) {
  std::vector<Location> places = {finding.place};
  for (const RelatedPlace& related : finding.related) places.push_back(related.place);
  for (const Location& place : places) {
    const ImageUse* use = use_at(document, place);
    if (!use) continue;
    const bool is_image = use->kind == Kind::image || use->kind == Kind::invalid;
    // Text behind the last variable shows that no digest follows, whatever the variable holds.
    const bool is_of_the_end = finding.rule == "require-digest";
    const bool is_known_part =
        use->kind == Kind::unresolved && (is_of_the_end || !is_unknown(*use, finding.place));
    EXPECT_TRUE(is_image || is_known_part || is_pulled_first(document, *use))
        << finding.rule << " on a " << to_string(use->kind) << "\n"
        << run.dump();
  }
}

TEST(Corpus, NothingIsSaidOfStagesScratchBuiltImagesAndUnresolvedValues) {
  const auto files = corpus();
  if (files.empty()) GTEST_SKIP() << "IMGLINT_CORPUS is not set";
  std::size_t judged = 0;
  for (const char* preset : {"preset: recommended\n", "preset: strict\n"}) {
    const Policy policy = policy_of(preset);
    for (const NamedText& file : files) {
      const auto run = check_texts({file}, policy);
      const Document& document = *run->project.files.front().document;
      for (const Finding& finding : run->result.findings) {
        if (!judges_references(finding.rule)) continue;
        expect_judgeable(*run, document, finding);
        ++judged;
      }
    }
  }
  EXPECT_GT(judged, 500u) << "few files in IMGLINT_CORPUS";
}

TEST(Corpus, KeepsTheLawsOfFixes) {
  const auto files = corpus();
  if (files.empty()) GTEST_SKIP() << "IMGLINT_CORPUS is not set";
  const Policy long_names = policy_of("preset: strict\nrules: {tag-with-digest: warning}\n");
  const Policy short_names = policy_of(
      "rules: {redundant-registry: warning}\n"
      "registries:\n  deny: [{pattern: \"quay.io/**\", use: ghcr.io/acme}, {pattern: \"mcr.microsoft.com\", "
      "use: ghcr.io/ms}]\n");
  for (const NamedText& file : files) {
    SCOPED_TRACE(file.path);
    expect_fix_laws({file}, long_names);
    expect_fix_laws({file}, short_names);
  }
}

}  // namespace
}  // namespace imglint::test
