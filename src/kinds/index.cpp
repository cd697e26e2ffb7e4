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

bool walks(const KindInfo& kind, std::string_view path) {
  return any_matches(kind.names, path) && !any_matches(kind.not_names, path);
}

const KindInfo& kind_of_the_rest() {
  const auto kinds = all_kinds();
  return **std::find_if(kinds.begin(), kinds.end(), [](const KindInfo* kind) { return kind->takes_rest; });
}

/// Kinds that are asked first come before all others, the one that takes what no other does last.
template <class Claims>
const KindInfo* first_that(const Claims& claims) {
  for (const bool early : {true, false})
    for (const KindInfo* kind : all_kinds())
      if (kind->is_asked_first == early && !kind->takes_rest && claims(*kind)) return kind;
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

const KindInfo* walked_kind(std::string_view path) {
  return first_that([&](const KindInfo& kind) { return walks(kind, path); });
}

const KindInfo& kind_of_path(std::string_view path) {
  const KindInfo* kind = first_that(
      [&](const KindInfo& each) { return walks(each, path) || any_matches(each.given_names, path); });
  return kind ? *kind : kind_of_the_rest();
}

bool may_be_known_by_text(std::string_view path) {
  return first_that([&](const KindInfo& kind) { return any_matches(kind.doubtful_names, path); }) != nullptr;
}

const KindInfo* kind_by_text(std::string_view path, std::string_view bytes) {
  return first_that([&](const KindInfo& kind) {
    return any_matches(kind.doubtful_names, path) && kind.is_surely(path, bytes);
  });
}

const KindInfo* telling_kind(std::string_view path, std::string_view bytes) {
  return first_that([&](const KindInfo& kind) {
    return kind.is_asked_first && any_matches(kind.doubtful_names, path) && kind.is_surely(path, bytes);
  });
}

const KindInfo& kind_of_text(std::string_view bytes) {
  const KindInfo& rest = kind_of_the_rest();
  if (rest.looks_like(bytes)) return rest;
  const KindInfo* kind =
      first_that([&](const KindInfo& each) { return each.looks_like && each.looks_like(bytes); });
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
