#include "tests/support/fix_laws.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "policy/facts/moves.hpp"
#include "policy/subject.hpp"

namespace imglint::test {
namespace {

/// What a use means: the image without the tag that a digest overrules, or what else it is.
struct Meaning {
  const RoleInfo* role;
  Kind kind;
  std::string image;
};

/// A registry that answers for another under the same names.
std::string without_moved_registry(std::string name) {
  for (const MoveFact& fact : moved_registries())
    if (fact.safety == Safety::safe && !fact.from.empty() && name.starts_with(std::string(fact.from) + "/"))
      return std::string(fact.to) + name.substr(fact.from.size());
  return name;
}

std::string image_of(const Subject& subject) {
  if (!subject.has_parts) return std::string(subject.use->value.text());
  ImageName name = subject.name;
  if (!name.digest.empty()) name.tag.clear();
  std::string text = without_moved_registry(name.to_string());
  // Docker Hub under the names that registry-alias knows.
  for (const std::string_view alias : {"registry.hub.docker.com/", "hub.docker.com/r/"})
    if (text.starts_with(alias)) text.replace(0, alias.size(), "docker.io/");
  return text;
}

std::vector<Meaning> meanings_of(const CheckRun& run) {
  std::vector<Meaning> meanings;
  for (const ProjectFile& file : run.project.files)
    for (const ImageUse& use : file.document->uses)
      meanings.push_back({use.role, use.kind, image_of(evaluate(*file.document, use))});
  return meanings;
}

std::size_t troubles_of(const CheckRun& run) {
  std::size_t count = 0;
  for (const ProjectFile& file : run.project.files) count += file.document->troubles.size();
  return count;
}

std::string shown(const std::vector<NamedText>& files) {
  std::string text;
  for (const NamedText& file : files) text += "--- " + file.path + "\n" + file.text;
  return text;
}

/// Every edit of the first round was offered by a finding.
void expect_only_offered_edits(const CheckRun& before, Safety most) {
  std::vector<const Source*> sources;
  for (const ProjectFile& file : before.project.files) sources.push_back(file.source.get());
  const FixPlan plan = plan_fixes(before.result.findings, most, sources);
  for (const EditSet& set : plan.sets)
    for (const Edit& edit : set.edits()) {
      const bool offered = std::any_of(plan.taken.begin(), plan.taken.end(), [&](const Finding* finding) {
        const auto& edits = finding->fix->edits;
        return std::find(edits.begin(), edits.end(), edit) != edits.end();
      });
      EXPECT_TRUE(offered) << "an edit that no finding offers: '" << edit.text << "'";
    }
}

void expect_laws(const std::vector<NamedText>& files, const Policy& policy, Safety most) {
  const std::vector<NamedText> once = fix_texts(files, policy, most);
  const std::vector<NamedText> twice = fix_texts(once, policy, most);
  EXPECT_EQ(shown(once), shown(twice)) << "fixing twice is not fixing once\n" << shown(files);

  const auto before = check_texts(files, policy);
  const auto after = check_texts(once, policy);
  EXPECT_TRUE(before->writes.empty()) << "checking wrote " << before->writes.front();
  EXPECT_LE(troubles_of(*after), troubles_of(*before)) << shown(files) << "became\n" << shown(once);
  expect_only_offered_edits(*before, most);
  if (shown(once) == shown(files)) return;

  const auto meant = meanings_of(*before);
  const auto read = meanings_of(*after);
  ASSERT_EQ(meant.size(), read.size()) << shown(files) << "became\n" << shown(once);
  for (std::size_t i = 0; i < meant.size(); ++i) {
    EXPECT_EQ(meant[i].role, read[i].role) << shown(once);
    // Declaring an ARG turns something unresolved into an image.
    const bool had_meaning = meant[i].kind != Kind::unresolved && meant[i].kind != Kind::invalid;
    EXPECT_TRUE(!had_meaning || meant[i].kind == read[i].kind) << shown(once);
    EXPECT_TRUE(most != Safety::safe || meant[i].image == read[i].image)
        << meant[i].image << " is now " << read[i].image << "\n"
        << shown(files) << "became\n"
        << shown(once);
  }
  for (const Finding& finding : after->result.findings)
    if (finding.fix && finding.fix->safety <= most && finding.fix->safety != Safety::suggestion)
      ADD_FAILURE() << "a fix is left: " << finding.rule << " " << finding.message << "\n" << shown(once);
}

std::string with_crlf(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? "\r\n" : std::string(1, c);
  return result;
}

std::string without_last_newline(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

template <class Change>
std::vector<NamedText> changed(std::vector<NamedText> files, Change change) {
  for (NamedText& file : files) file.text = change(file.text);
  return files;
}

}  // namespace

void expect_fix_laws(const std::vector<NamedText>& files, const Policy& policy) {
  expect_laws(files, policy, Safety::safe);
  expect_laws(files, policy, Safety::unsafe);
}

void expect_fix_laws_in_all_forms(const std::vector<NamedText>& files, const Policy& policy) {
  expect_fix_laws(files, policy);
  expect_fix_laws(changed(files, with_crlf), policy);
  expect_fix_laws(changed(files, [](const std::string& text) { return "\xEF\xBB\xBF" + text; }), policy);
  expect_fix_laws(changed(files, without_last_newline), policy);
}

}  // namespace imglint::test
