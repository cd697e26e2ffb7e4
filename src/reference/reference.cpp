#include "reference/reference.hpp"

namespace imglint {

std::string CanonicalReference::without_suffix() const {
  return registry.empty() ? repository : registry + '/' + repository;
}

namespace {

std::string with_suffix(std::string text, const CanonicalReference& reference) {
  if (reference.tag) text.append(1, ':').append(*reference.tag);
  if (reference.digest) text.append(1, '@').append(*reference.digest);
  return text;
}

}  // namespace

std::string CanonicalReference::to_string() const { return with_suffix(without_suffix(), *this); }

std::string CanonicalReference::familiar() const {
  if (registry != "docker.io") return to_string();
  constexpr std::string_view library = "library/";
  const bool official =
      repository.starts_with(library) && repository.find('/', library.size()) == std::string::npos;
  return with_suffix(official ? repository.substr(library.size()) : repository, *this);
}

CanonicalReference CanonicalReference::pulled() const {
  CanonicalReference result = *this;
  if (digest)
    result.tag.reset();
  else if (!tag)
    result.tag = "latest";
  return result;
}

const DigestAlgorithm* find_digest_algorithm(std::string_view name) {
  for (const DigestAlgorithm& algorithm : digest_algorithms)
    if (algorithm.name == name) return &algorithm;
  return nullptr;
}

std::string_view to_string(ReferenceErrorKind kind) {
  switch (kind) {
    case ReferenceErrorKind::empty:
      return "empty";
    case ReferenceErrorKind::format:
      return "format";
    case ReferenceErrorKind::uppercase:
      return "uppercase";
    case ReferenceErrorKind::too_long:
      return "too_long";
    case ReferenceErrorKind::digest_format:
      return "digest_format";
    case ReferenceErrorKind::digest_length:
      return "digest_length";
    case ReferenceErrorKind::digest_unsupported:
      return "digest_unsupported";
    case ReferenceErrorKind::identifier:
      return "identifier";
  }
  return {};
}

}  // namespace imglint
