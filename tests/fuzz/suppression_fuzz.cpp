// Any bytes as a file with comments for linters, compose if they begin with `services:`: what a comment
// silences is counted, and nothing else is silenced.
#include "kinds/suppression.hpp"
#include "tests/fuzz/support/require.hpp"
#include "tests/support/check_run.hpp"

namespace {

using namespace imglint;
using fuzz::require;

const Policy& strict() {
  static const Policy policy = test::policy_of("preset: strict\n");
  return policy;
}

void check_places(const Document& document) {
  const std::string_view bytes = document.source->bytes();
  const auto is_inside = [&](std::string_view part) {
    return part.empty() ||
           (part.data() >= bytes.data() && part.data() + part.size() <= bytes.data() + bytes.size());
  };
  for (const Suppression& one : read_suppressions(document)) {
    require(one.comment != nullptr && one.span.begin >= one.comment->span.begin &&
                one.span.end <= one.comment->span.end,
            "a suppression stands in its comment");
    require(is_inside(one.until) && is_inside(one.reason), "its words stand in the file");
    for (const Suppression::Rule& rule : one.rules)
      require(one.span.begin <= rule.span.begin && rule.span.begin <= rule.span.end && is_inside(rule.name),
              "its rules do");
  }
}

/// The text with nothing in its comments that a linter would obey.
std::string without_suppressions(const Document& document) {
  std::string text(document.source->bytes());
  for (const Suppression& one : read_suppressions(document))
    for (std::uint32_t at = one.comment->span.begin + 1; at < one.comment->span.end; ++at)
      if (text[at] != '\n' && text[at] != '\r') text[at] = '-';
  return text;
}

std::size_t count_findings(const test::CheckRun& run) {
  std::size_t count = 0;
  for (const Finding& finding : run.result.findings) count += finding.rule.ends_with("-suppression") ? 0 : 1;
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  if (text.find('\0') != std::string::npos) return -1;  // no text, so not read
  const std::string name = text.starts_with("services:") ? "compose.yaml" : "Dockerfile";
  const auto run = test::check_texts({{name, text}}, strict());
  if (run->project.files.empty()) return 0;
  const Document& document = *run->project.files[0].document;
  check_places(document);
  const std::string bare = without_suppressions(document);
  if (bare == text) {
    require(run->result.suppressed == 0, "nothing is silenced without a comment");
    return 0;
  }
  const auto all = test::check_texts({{name, bare}}, strict());
  const std::size_t shown = count_findings(*run), most = count_findings(*all);
  if (all->project.files[0].document->uses.size() != document.uses.size()) return 0;
  require(shown <= most, "a comment makes no findings:\n" + run->dump() + "without\n" + all->dump());
  require(most - shown <= run->result.suppressed,
          "what is silenced is counted:\n" + run->dump() + "without\n" + all->dump());
  return 0;
}
