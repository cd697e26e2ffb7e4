#include "kinds/index.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/name_pattern.hpp"

namespace imglint {
namespace {

/// A path that is held against the names of all kinds.
struct Asked {
  explicit Asked(std::string_view path_) : path(path_), signs(path_) {}

  std::string_view path;
  PathSigns signs;
};

/// The names of a kind. Made for all of them when the first is asked for.
struct KindNames {
  using Patterns = std::vector<PathPattern>;

  explicit KindNames(const KindInfo& kind_)
      : kind(&kind_),
        names(kind_.names.begin(), kind_.names.end()),
        not_names(kind_.not_names.begin(), kind_.not_names.end()),
        doubtful(kind_.doubtful_names.begin(), kind_.doubtful_names.end()),
        not_doubtful(kind_.not_doubtful_names.begin(), kind_.not_doubtful_names.end()),
        given(kind_.given_names.begin(), kind_.given_names.end()) {}

  const KindInfo* kind;
  Patterns names;
  Patterns not_names;
  Patterns doubtful;
  Patterns not_doubtful;
  Patterns given;
};

const std::vector<KindNames>& all_names() {
  static const std::vector<KindNames> all = [] {
    std::vector<KindNames> made;
    made.reserve(all_kinds().size());
    for (const KindInfo* kind : all_kinds()) made.emplace_back(*kind);
    return made;
  }();
  return all;
}

bool any_matches(const KindNames::Patterns& patterns, const Asked& asked,
                 LetterCase letter_case = LetterCase::either) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const PathPattern& pattern) {
    return pattern.matches(asked.path, asked.signs, letter_case);
  });
}

/// Whether the kind has such names. Of a file that somebody gives the letters' case never counts.
bool has_name(const KindNames& kind, const Asked& asked) {
  return any_matches(kind.names, asked) && !any_matches(kind.not_names, asked);
}

bool walks(const KindNames& kind, const Asked& asked) {
  const auto letter_case = kind.kind->case_counts ? LetterCase::counts : LetterCase::either;
  return any_matches(kind.names, asked, letter_case) && !any_matches(kind.not_names, asked);
}

const KindNames& kind_of_the_rest() {
  const auto& kinds = all_names();
  return *std::find_if(kinds.begin(), kinds.end(),
                       [](const KindNames& each) { return each.kind->takes_rest; });
}

bool is_included(const KindInfo& kind, Included included) {
  return kind.include.empty() || std::ranges::find(included, kind.include) != included.end();
}

/// Whether its text may say that it is of the kind.
bool is_doubtful(const KindNames& kind, const Asked& asked, Included included) {
  return is_included(*kind.kind, included) && any_matches(kind.doubtful, asked) &&
         !any_matches(kind.not_doubtful, asked);
}

/// Of a kind that no walk knows by its text, and that its text tells all the same where no name does.
const KindInfo* kind_that_tells(std::string_view bytes) {
  const auto tells = [&](const KindInfo* kind) {
    return kind->looks_like && kind->doubtful_names.empty() && !kind->takes_rest && kind->looks_like(bytes);
  };
  const auto kinds = all_kinds();
  const auto found = std::ranges::find_if(kinds, tells);
  return found == kinds.end() ? nullptr : *found;
}

using InTurn = std::vector<const KindNames*>;

/// The kinds by their turns, the one that takes what no other does last.
InTurn in_turn(int (*turn_of)(const KindInfo& kind)) {
  InTurn all;
  for (const KindNames& each : all_names()) all.push_back(&each);
  std::ranges::stable_sort(all, {}, [&](const KindNames* each) {
    constexpr int last = 3;
    return each->kind->takes_rest ? last : turn_of(*each->kind);
  });
  return all;
}

template <class Claims>
const KindInfo* first_of(const InTurn& all, const Claims& claims) {
  for (const KindNames* each : all)
    if (claims(*each)) return each->kind;
  return nullptr;
}

/// Kinds whose names win come first, then those whose texts tell.
const InTurn& by_name() {
  static const InTurn all = in_turn([](const KindInfo& kind) {
    return kind.names_win ? 0 : kind.is_asked_first ? 1 : 2;
  });
  return all;
}

/// Where texts are asked, a name that wins says nothing.
const InTurn& by_text() {
  static const InTurn all = in_turn([](const KindInfo& kind) {
    return kind.is_asked_first ? 0 : kind.is_asked_last ? 2 : 1;
  });
  return all;
}

template <class Claims>
const KindInfo* first_that(const Claims& claims) {
  return first_of(by_name(), claims);
}

template <class Claims>
const KindInfo* first_by_text(const Claims& claims) {
  return first_of(by_text(), claims);
}

}  // namespace

const KindInfo* find_kind(std::string_view name) {
  const auto kinds = all_kinds();
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const KindInfo* kind) { return kind->name == name; });
  return found == kinds.end() ? nullptr : *found;
}

const KindInfo* walked_kind(std::string_view path, Included included) {
  // Dockerfiles win too, although theirs are asked last.
  const Asked asked(path);
  if (const KindNames& rest = kind_of_the_rest(); walks(rest, asked)) {
    const KindInfo* kind =
        first_that([&](const KindNames& each) { return each.kind->names_win && walks(each, asked); });
    return kind ? kind : rest.kind;
  }
  return first_that(
      [&](const KindNames& each) { return is_included(*each.kind, included) && walks(each, asked); });
}

const KindInfo* kind_of_folder(std::string_view path, Included included) {
  const Asked asked(path);
  const bool is_in_one = std::ranges::any_of(
      all_names(), [&](const KindNames& each) { return each.kind->has_whole_folders && walks(each, asked); });
  const KindInfo* kind = is_in_one ? walked_kind(path, included) : nullptr;
  return kind && kind->has_whole_folders ? kind : nullptr;
}

const KindInfo& kind_of_path(std::string_view path) {
  const Asked asked(path);
  const KindNames& rest = kind_of_the_rest();
  // What a kind takes only if it is given ("*.yml") is not taken from one that has a name for it.
  const KindInfo* kind =
      first_that([&](const KindNames& each) { return &each != &rest && has_name(each, asked); });
  if (!kind) kind = first_that([&](const KindNames& each) { return any_matches(each.given, asked); });
  return kind ? *kind : *rest.kind;
}

bool is_claimed_by_name(std::string_view path) {
  const Asked asked(path);
  return first_that([&](const KindNames& each) {
           return has_name(each, asked) || any_matches(each.given, asked);
         }) != nullptr;
}

bool may_be_known_by_text(std::string_view path, Included included) {
  const Asked asked(path);
  return first_that([&](const KindNames& each) { return is_doubtful(each, asked, included); }) != nullptr;
}

const KindInfo* kind_by_text(std::string_view path, std::string_view bytes, Included included) {
  const Asked asked(path);
  return first_by_text([&](const KindNames& each) {
    return is_doubtful(each, asked, included) && each.kind->is_surely(path, bytes);
  });
}

const KindInfo* telling_kind(std::string_view path, std::string_view bytes) {
  const Asked asked(path);
  return first_that([&](const KindNames& each) {
    return each.kind->is_asked_first && is_doubtful(each, asked, {}) && each.kind->is_surely(path, bytes);
  });
}

const KindInfo* kind_without_name(std::string_view path, std::string_view bytes) {
  const Asked asked(path);
  if (first_that([&](const KindNames& each) { return has_name(each, asked); })) return nullptr;
  return kind_that_tells(bytes);
}

bool has_name_of_rest(std::string_view path) { return any_matches(kind_of_the_rest().names, Asked(path)); }

const KindInfo* rest_by_text(std::string_view bytes) {
  const KindInfo& rest = *kind_of_the_rest().kind;
  return rest.looks_like(bytes) && rest.doubt(bytes).empty() ? &rest : nullptr;
}

const KindInfo& kind_of_text(std::string_view bytes) {
  const KindInfo& rest = *kind_of_the_rest().kind;
  if (rest.looks_like(bytes)) return rest;
  if (const KindInfo* telling = kind_that_tells(bytes)) return *telling;
  const KindInfo* kind = first_by_text(
      [&](const KindNames& each) { return each.kind->looks_like && each.kind->looks_like(bytes); });
  return kind ? *kind : rest;
}

const KindInfo* kind_of_language(std::string_view language) {
  // Vim's are made of several: `yaml.docker-compose`.
  const std::string within = "." + std::string(language) + ".";
  return first_that([&](const KindNames& each) {
    return std::ranges::any_of(each.kind->languages, [&](std::string_view name) {
      return within.find("." + std::string(name) + ".") != within.npos;
    });
  });
}

}  // namespace imglint
