#include "tests/support/check_run.hpp"

#include <gtest/gtest.h>

#include "config/config.hpp"
#include "kinds/index.hpp"
#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "rules/index.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {
namespace {

/// Returns the calls that changed the file system.
std::vector<std::string> load_texts(const std::vector<NamedText>& files, Project& into) {
  MemoryFileSystem disk;
  std::vector<FoundFile> found;
  for (const NamedText& file : files) {
    disk.put(file.path, file.text);
    if (file.path.ends_with(".env")) continue;
    const KindInfo* telling = manifest::is_in_templates(file.path) ? &kinds::helm_template
                              : walked_kind(file.path)             ? nullptr
                                                                   : telling_kind(file.path, file.text);
    found.push_back({file.path, telling ? telling : &kind_of_path(file.path)});
  }
  load_project(found, {.salvage = Salvage::all}, disk, into);
  EXPECT_TRUE(into.errors.empty());
  return disk.writes();
}

std::vector<CheckTarget> targets_of(const Project& project, const Policy& policy) {
  std::vector<CheckTarget> targets;
  for (const ProjectFile& file : project.files) {
    targets.push_back({file.document.get(), &policy});
    for (const auto& variant : file.variants) targets.push_back({variant.get(), &policy, true});
  }
  return targets;
}

}  // namespace

std::string CheckRun::dump() const {
  std::string text;
  for (const Finding& finding : result.findings) {
    const Position begin = finding.place.source->position(finding.place.span.begin);
    text += finding.place.source->path() + ":" + std::to_string(begin.line) + ":" +
            std::to_string(begin.column) + ": " + std::string(finding.rule) + " '" +
            std::string(finding.place.source->text(finding.place.span)) + "' " + finding.message + "\n";
  }
  return text;
}

Policy policy_of(std::string_view config, std::string_view lock) {
  const auto rules = all_rule_infos();
  const auto parsed = parse_config(config, {".imglint.yaml", ".imglint.yaml", "/work"}, rules);
  if (!parsed) {
    for (const Error& error : parsed.error())
      ADD_FAILURE() << error.line << ":" << error.column << ": " << error.message << "\nin\n" << config;
    return default_policy(rules, false, "2026-11-24");
  }
  Policy policy = make_policy(*parsed, rules, {"/work/file", "2026-11-24"});
  if (lock.empty()) return policy;
  auto locked = read_digest_lock(lock);
  EXPECT_TRUE(locked) << locked.error().message;
  if (locked) policy.lock = *std::move(locked);
  return policy;
}

std::unique_ptr<CheckRun> check_texts(const std::vector<NamedText>& files, const Policy& policy) {
  auto run = std::make_unique<CheckRun>();
  run->policy = policy;
  run->writes = load_texts(files, run->project);
  run->result = check(targets_of(run->project, run->policy));
  return run;
}

std::vector<NamedText> fix_texts(const std::vector<NamedText>& files, const Policy& policy, Safety most) {
  const Judge judge = [&](const std::map<std::string, std::string>& changed) {
    std::vector<NamedText> now = files;
    for (NamedText& file : now)
      if (const auto found = changed.find(file.path); found != changed.end()) file.text = found->second;
    JudgedRun judged{std::make_unique<Project>(), {}};
    (void)load_texts(now, *judged.project);
    judged.findings = check(targets_of(*judged.project, policy)).findings;
    return judged;
  };
  const JudgedRun first = judge({});
  const FixResult result = fix_until_stable(first, most, judge);
  std::vector<NamedText> after = files;
  for (const Revision& revision : result.revisions)
    for (NamedText& file : after)
      if (file.path == revision.original().path()) file.text = revision.bytes();
  return after;
}

}  // namespace imglint::test
