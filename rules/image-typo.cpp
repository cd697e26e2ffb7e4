#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "base/edit_distance.hpp"
#include "base/word_list.hpp"
#include "policy/facts/official_images.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "known", .type = OptionType::text_list, .doc = "further names that are spelled right"},
    {.name = "ignore", .type = OptionType::text_list, .doc = "names that are not reported"},
    {.name = "min-length",
     .type = OptionType::integer,
     .doc = "shorter names are not judged",
     .default_value = "4"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦ngnix⟧:1.27\n"},
    {.file = "compose.yaml", .text = "services:\n  db:\n    image: ⟦postgress⟧:16.4\n"},
    {.file = "Dockerfile", .text = "FROM nginx:1.27\n"},
    {.file = "compose.yaml",
     .text = "services:\n  db:\n    image: redis2:dev\n  app:\n    image: base\n",
     .note = "Names of one's own"},
    {.file = "Dockerfile", .text = "FROM mono:6.12\n", .note = "Near 'mongo', but an official image itself"},
};

// Sorted. Words that people call their own images, services and contexts, one letter from an official image.
constexpr std::string_view own_words[] = {
    "base",    "bats",   "candy",  "cart",  "cash",  "cats",  "chart", "clone", "closure", "code",
    "compose", "cradle", "create", "dash",  "entry", "fault", "form",  "hash",  "haven",   "host",
    "king",    "link",   "locker", "mango", "mode",  "note",  "park",  "part",  "pearl",   "persona",
    "phone",   "rate",   "shift",  "store", "trust", "unix",  "warm",  "wiki"};

/// `redis2`, `nodes`: made from the official name on purpose.
bool is_made_from(std::string_view name, std::string_view official) {
  if (!name.starts_with(official)) return false;
  const char last = name.back();
  return is_digit(last) || (last == 's' && official.back() != 's');
}

std::string nearest_official(std::string_view name, std::size_t min_length) {
  for (const std::string_view candidate : official_images())
    if (candidate.size() >= min_length && candidate.size() + 1 >= name.size() &&
        candidate.size() <= name.size() + 1 && !is_made_from(name, candidate) &&
        edit_distance(name, candidate) == 1)
      return std::string(candidate);
  return {};
}

/// A bare word in `--from` is the business of unknown-stage.
bool may_be_a_stage(const Subject& subject) {
  return is_copy_or_mount(*subject.use) && !subject.parts.tag && !subject.parts.digest;
}

void check(const Subject& subject, Report& report) {
  if (!is_pulled_image(subject) || subject.name.registry != "docker.io" || may_be_a_stage(subject)) return;
  if (subject.registry == Knowledge::unknown || subject.repository == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds part of the name");
  const std::string_view name = subject.text(subject.parts.name);
  if (subject.name.repository != "library/" + std::string(name)) return;
  const auto min_length =
      static_cast<std::size_t>(std::max<std::int64_t>(2, report.settings().number("min-length", 4)));
  const RuleSettings& settings = report.settings();
  if (name.size() < min_length || is_official_image(name)) return;
  if (std::binary_search(std::begin(own_words), std::end(own_words), name)) return;
  if (has_word(settings.list("known"), name) || has_word(settings.list("ignore"), name)) return;
  const std::string meant = nearest_official(name, min_length);
  if (meant.empty()) return;
  Finding& finding =
      report.at(subject, subject.parts.name,
                "there is no official image " + quoted(name) + "; " + quoted(meant) + " is one letter away");
  offer_fix(finding, "write " + quoted(meant), Safety::suggestion,
            edit_of(subject, subject.parts.name, meant));
}

}  // namespace

extern const Rule image_typo;
constinit const Rule image_typo = {
    .info =
        {
            .name = "image-typo",
            .summary = "A name that is one letter away from an official image and is none itself.",
            .why = "One-component names on Docker Hub are official images and nothing else, so a misspelt "
                   "one cannot "
                   "be pulled, or comes from another registry that the engine also asks.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .judges_parts = true,
            .fixability = Fixability::suggestion,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
