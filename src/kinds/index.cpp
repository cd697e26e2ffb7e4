#include "kinds/index.hpp"

#include <algorithm>
#include <string>

#include "base/name_pattern.hpp"

namespace imglint {
namespace {

bool any_matches(std::span<const std::string_view> patterns, std::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](std::string_view pattern) { return name_matches(pattern, path); });
}

/// Whether the kind has such names. Of a file that somebody gives the letters' case never counts.
bool has_name(const KindInfo& kind, std::string_view path) {
  return any_matches(kind.names, path) && !any_matches(kind.not_names, path);
}

bool walks(const KindInfo& kind, std::string_view path) {
  if (!kind.case_counts) return has_name(kind, path);
  return std::any_of(
             kind.names.begin(), kind.names.end(),
             [&](std::string_view pattern) { return name_matches(pattern, path, LetterCase::counts); }) &&
         !any_matches(kind.not_names, path);
}

const KindInfo& kind_of_the_rest() {
  const auto kinds = all_kinds();
  return **std::find_if(kinds.begin(), kinds.end(), [](const KindInfo* kind) { return kind->takes_rest; });
}

bool is_included(const KindInfo& kind, Included included) {
  return kind.include.empty() || std::ranges::find(included, kind.include) != included.end();
}

/// Whether its text may say that it is of the kind.
bool is_doubtful(const KindInfo& kind, std::string_view path, Included included) {
  return is_included(kind, included) && any_matches(kind.doubtful_names, path) &&
         !any_matches(kind.not_doubtful_names, path);
}

/// Kinds whose names win come first, then those whose texts tell, the one that takes what no other does last.
int order_of(const KindInfo& kind) { return kind.names_win ? 0 : kind.is_asked_first ? 1 : 2; }

template <class Claims>
const KindInfo* first_that(const Claims& claims) {
  for (const int order : {0, 1, 2})
    for (const KindInfo* kind : all_kinds())
      if (order_of(*kind) == order && !kind->takes_rest && claims(*kind)) return kind;
  const KindInfo& last = kind_of_the_rest();
  return claims(last) ? &last : nullptr;
}

/// Where texts are asked, a name that wins says nothing.
template <class Claims>
const KindInfo* first_by_text(const Claims& claims) {
  const auto turn_of = [](const KindInfo& kind) {
    return kind.is_asked_first ? 0 : kind.is_asked_last ? 2 : 1;
  };
  for (const int turn : {0, 1, 2})
    for (const KindInfo* kind : all_kinds())
      if (turn_of(*kind) == turn && !kind->takes_rest && claims(*kind)) return kind;
  const KindInfo& last = kind_of_the_rest();
  return claims(last) ? &last : nullptr;
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
  if (const KindInfo& rest = kind_of_the_rest(); walks(rest, path)) {
    const KindInfo* kind =
        first_that([&](const KindInfo& each) { return each.names_win && walks(each, path); });
    return kind ? kind : &rest;
  }
  return first_that([&](const KindInfo& kind) { return is_included(kind, included) && walks(kind, path); });
}

const KindInfo& kind_of_path(std::string_view path) {
  const KindInfo& rest = kind_of_the_rest();
  // What a kind takes only if it is given ("*.yml") is not taken from one that has a name for it.
  const KindInfo* kind =
      first_that([&](const KindInfo& each) { return &each != &rest && has_name(each, path); });
  if (!kind) kind = first_that([&](const KindInfo& each) { return any_matches(each.given_names, path); });
  return kind ? *kind : rest;
}

bool is_claimed_by_name(std::string_view path) {
  return first_that([&](const KindInfo& each) {
           return has_name(each, path) || any_matches(each.given_names, path);
         }) != nullptr;
}

bool may_be_known_by_text(std::string_view path, Included included) {
  return first_that([&](const KindInfo& kind) { return is_doubtful(kind, path, included); }) != nullptr;
}

const KindInfo* kind_by_text(std::string_view path, std::string_view bytes, Included included) {
  return first_by_text(
      [&](const KindInfo& kind) { return is_doubtful(kind, path, included) && kind.is_surely(path, bytes); });
}

const KindInfo* telling_kind(std::string_view path, std::string_view bytes) {
  return first_that([&](const KindInfo& kind) {
    return kind.is_asked_first && is_doubtful(kind, path, {}) && kind.is_surely(path, bytes);
  });
}

const KindInfo& kind_of_text(std::string_view bytes) {
  const KindInfo& rest = kind_of_the_rest();
  if (rest.looks_like(bytes)) return rest;
  const KindInfo* kind =
      first_by_text([&](const KindInfo& each) { return each.looks_like && each.looks_like(bytes); });
  return kind ? *kind : rest;
}

const KindInfo* kind_of_language(std::string_view language) {
  // Vim's are made of several: `yaml.docker-compose`.
  const std::string within = "." + std::string(language) + ".";
  return first_that([&](const KindInfo& kind) {
    return std::any_of(kind.languages.begin(), kind.languages.end(), [&](std::string_view name) {
      return within.find("." + std::string(name) + ".") != within.npos;
    });
  });
}

}  // namespace imglint
