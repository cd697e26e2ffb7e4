// The nets under fix and retarget: no input is known that falls into them, so the tests push.
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "check/fix.hpp"
#include "kinds/compose/read.hpp"
#include "kinds/dockerfile/read.hpp"
#include "kinds/index.hpp"
#include "retarget/retarget.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {
namespace {

using Texts = std::map<std::string, std::string>;

/// Reads the files and finds something to repair in each: the fix puts `put` in the place of its name.
JudgedRun judge(Texts files, const std::map<std::string, std::string>& changed, const Texts& put) {
  MemoryFileSystem disk;
  std::vector<FoundFile> found;
  for (const auto& [path, text] : files) {
    const auto now = changed.find(path);
    disk.put(path, now == changed.end() ? text : now->second);
    found.push_back({path, &kind_of_path(path)});
  }
  JudgedRun run{std::make_unique<Project>(), {}};
  load_project(found, {}, disk, *run.project);
  for (const ProjectFile& file : run.project->files)
    for (const ImageUse& use : file.document->uses) {
      const Source& source = *file.source;
      if (source.text(use.span) == put.at(source.path())) continue;
      Finding finding{.rule = "test", .place = {&source, use.span}, .message = "wrong"};
      finding.fix = Fix{"put it right", Safety::safe, {{&source, use.span, put.at(source.path())}}};
      run.findings.push_back(std::move(finding));
    }
  return run;
}

TEST(FixNet, AFileThatAFixWouldBreakKeepsItsBytes) {
  const Texts files = {{"a/Dockerfile", "FROM one\n"},
                       {"b/Dockerfile", "FROM one\n"},
                       {"compose.yaml", "services:\n  a:\n    image: one\n"}};
  // The second would have an instruction that nobody knows, the third another structure.
  const Texts put = {{"a/Dockerfile", "two"}, {"b/Dockerfile", "two\nNONSENSE x"}, {"compose.yaml", "[two"}};
  const Judge again = [&](const auto& changed) { return judge(files, changed, put); };
  const JudgedRun first = again({});
  ASSERT_EQ(first.findings.size(), 3U);
  const FixResult result = fix_until_stable(first, Safety::safe, again);
  ASSERT_EQ(result.revisions.size(), 1U);
  EXPECT_EQ(result.revisions[0].original().path(), "a/Dockerfile");
  EXPECT_EQ(result.revisions[0].bytes(), "FROM two\n");
  EXPECT_EQ(result.refused, (std::vector<std::string>{"b/Dockerfile", "compose.yaml"}));
}

TEST(RetargetNet, EditsThatAreWithdrawnTakeWhatBelongsToThemAlong) {
  const Source dockerfile("Dockerfile", "FROM nginx:1\nFROM redis:7\n");
  const Source compose("compose.yaml", "services:\n  a:\n    image: alpine:3\n");
  const auto first = read_dockerfile(dockerfile, {});
  const auto second = read_compose(compose, {});
  MappingOptions options;
  options.to = "ghcr.io/org";
  const auto mapping = Mapping::make(options);
  const Document* documents[] = {first.get(), second.get()};
  for (const bool strict : {false, true}) {
    auto planned = plan_retarget(documents, std::get<Mapping>(mapping), {.strict = strict});
    auto& plan = std::get<RetargetPlan>(planned);
    ASSERT_EQ(plan.edits.size(), 2U);
    ASSERT_EQ(plan.pairs.size(), 3U);
    const std::pair<const Source*, std::string> bad[] = {{&compose, "it would read otherwise"}};
    withdraw_edits(plan, bad);
    if (strict) hold_to_all(plan);
    ASSERT_EQ(plan.edits.size(), strict ? 0U : 1U);
    if (strict) continue;
    EXPECT_EQ(plan.edits[0].apply(), "FROM ghcr.io/org/nginx:1\nFROM ghcr.io/org/redis:7\n");
    EXPECT_EQ(plan.moves.size(), 2U);
    EXPECT_EQ(plan.pairs.size(), 2U);
    ASSERT_EQ(plan.unresolved.size(), 1U);
    EXPECT_EQ(plan.unresolved[0].place.source, &compose);
    EXPECT_EQ(plan.unresolved[0].refusal.message, "it would read otherwise");
  }
}

}  // namespace
}  // namespace imglint::test
