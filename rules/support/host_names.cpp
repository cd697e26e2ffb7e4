#include "rules/support/host_names.hpp"

#include <algorithm>
#include <iterator>

namespace imglint {
namespace {

struct HostWord {
  std::string_view word;
  std::string_view host;
};

// Sorted. No account of that name publishes images on Docker Hub that many use.
constexpr HostWord words[] = {
    {"cgr", "cgr.dev"},           {"gcr", "gcr.io"},   {"ghcr", "ghcr.io"}, {"lscr", "lscr.io"},
    {"mcr", "mcr.microsoft.com"}, {"nvcr", "nvcr.io"}, {"quay", "quay.io"}, {"registry", ""},
};

const HostWord* word_of(const Subject& subject) {
  if (!subject.has_parts || subject.parts.registry || !subject.parts.name_space) return nullptr;
  if (subject.registry == Knowledge::unknown) return nullptr;
  const std::string_view path = subject.text(*subject.parts.name_space);
  const std::string_view first = path.substr(0, path.find('/'));
  const auto found = std::find_if(std::begin(words), std::end(words),
                                  [&](const HostWord& word) { return word.word == first; });
  return found == std::end(words) ? nullptr : found;
}

}  // namespace

std::string_view host_read_from(const Subject& subject) {
  const HostWord* word = word_of(subject);
  return word ? word->host : std::string_view();
}

bool has_host_like_namespace(const Subject& subject) { return word_of(subject) != nullptr; }

}  // namespace imglint
