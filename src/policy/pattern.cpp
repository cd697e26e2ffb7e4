#include "policy/pattern.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/glob.hpp"

namespace imglint {
namespace {

constexpr std::string_view hub = "docker.io";

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::uint32_t literal_length(std::string_view pattern) {
  return static_cast<std::uint32_t>(
      pattern.size() - static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '*')));
}

std::int32_t wildcards(std::string_view pattern) {
  return static_cast<std::int32_t>(std::count(pattern.begin(), pattern.end(), '*'));
}

/// Docker's rule for the text before the first slash, and `**`.
bool reads_as_host(std::string_view component) {
  return component == "**" || component == "localhost" || component.find_first_of(".:[") != component.npos ||
         std::any_of(component.begin(), component.end(), is_upper);
}

/// A whole pattern without a slash: `ghcr.io`, `*.example.com:5000` and `localhost:5000` are hosts, `nginx`
/// and `node:22.1` are names.
bool lone_word_is_host(std::string_view word) {
  const std::string_view before_port = word.substr(0, word.find(':'));
  const std::string_view port = word.substr(std::min(word.size(), before_port.size() + 1));
  if (!std::all_of(port.begin(), port.end(), is_digit)) return false;
  return word == "**" || before_port == "localhost" || before_port.find('.') != before_port.npos;
}

/// Docker's separators, where the text around them is known: `.`, `_`, `__` or dashes between letters or
/// digits (docs/spec/reference.md 2).
std::optional<std::string> fault_of_separators(std::string_view component) {
  constexpr std::string_view separators = "._-";
  const bool at_end = separators.find(component.front()) != separators.npos ||
                      separators.find(component.back()) != separators.npos;
  if (at_end) return "'" + std::string(component) + "', which begins or ends with a separator";
  for (std::size_t begin = component.find_first_of(separators); begin != component.npos;
       begin = component.find_first_of(separators, begin)) {
    const std::size_t end = component.find_first_not_of(separators, begin);
    const std::string_view run = component.substr(begin, end - begin);
    const bool dashes = run.find_first_not_of('-') == run.npos;
    if (!dashes && run != "." && run != "_" && run != "__")
      return "'" + std::string(run) + "', which separates nothing in a repository";
    begin = end;
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_path(std::string_view path) {
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view component = path.substr(begin, end - begin);
    if (component.empty()) return "an empty path component";
    if (std::any_of(component.begin(), component.end(), is_upper))
      return "upper-case letters in '" + std::string(component) + "', which no repository has";
    const std::size_t strange = component.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-*");
    if (strange != component.npos)
      return "'" + std::string(component.substr(strange, 1)) + "', which no repository has";
    if (auto fault = fault_of_separators(component)) return fault;
    begin = end + 1;
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_host(std::string_view host) {
  if (host.front() == '[') return std::nullopt;
  const std::size_t strange = host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-:*");
  if (strange != host.npos) return "'" + std::string(host.substr(strange, 1)) + "', which no host has";
  const std::size_t colon = host.find(':');
  const std::string_view name = host.substr(0, colon);
  if (name.empty() || name.front() == '.' || name.back() == '.' || name.find("..") != name.npos)
    return "an empty host label";
  if (colon != host.npos &&
      (colon + 1 == host.size() || host.find_first_not_of("0123456789*", colon + 1) != host.npos))
    return "a port that is no number";
  return std::nullopt;
}

std::optional<std::string> fault_of_tag(std::string_view tag) {
  constexpr std::string_view word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-*";
  const std::size_t strange = tag.find_first_not_of(word);
  if (strange != tag.npos) return "'" + std::string(tag.substr(strange, 1)) + "', which no tag has";
  if (tag.front() == '.' || tag.front() == '-')
    return "a tag that begins with '" + std::string(tag.substr(0, 1)) + "'";
  if (literal_length(tag) > 128) return "a tag of more than 128 characters";
  return std::nullopt;
}

/// `sha256:` and so many digits that, with its stars, it could be a digest.
std::optional<std::string> fault_of_digest(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  if (colon == digest.npos)
    return digest.find('*') == digest.npos ? std::optional<std::string>("a digest without an algorithm")
                                           : std::nullopt;
  const std::string_view digits = digest.substr(colon + 1);
  if (digits.find_first_not_of("0123456789abcdefABCDEF*") != digits.npos)
    return "a digest that is not hexadecimal";
  const bool literal = digits.find('*') == digits.npos;
  const bool sha256 = digest.substr(0, colon) == "sha256";
  if (sha256 && (literal ? digits.size() != 64 : literal_length(digits) > 64))
    return "a sha256 digest that has not 64 digits";
  return std::nullopt;
}

Error no_pattern(std::string_view text, std::string_view reason) {
  return {"pattern '" + std::string(text) + "' can never match: it has " + std::string(reason)};
}

/// What is meant by a pattern that ends with a slash; empty if that is no pattern either.
std::string all_below(std::string_view text) {
  const std::string stem(text.substr(0, text.find_last_not_of('/') + 1));
  const bool is_host = stem.find('/') == stem.npos && lone_word_is_host(stem);
  const std::string meant = is_host ? stem : stem + "/**";
  return Pattern::parse(meant) ? "write '" + meant + "' for all that is below" : std::string();
}

}  // namespace

std::string registry_key(std::string_view registry) {
  std::string key = lower_case(registry);
  if (key == "index.docker.io" || key == "registry-1.docker.io") return std::string(hub);
  return key;
}

std::string ImageName::to_string() const {
  std::string text = registry.empty() ? repository : registry + "/" + repository;
  if (!tag.empty()) text += ":" + tag;
  if (!digest.empty()) text += "@" + digest;
  return text;
}

ImageName image_name(const CanonicalReference& reference) {
  ImageName name{registry_key(reference.registry), reference.repository, reference.tag.value_or(""),
                 reference.digest.value_or("")};
  if (name.registry == hub && name.repository.find('/') == std::string::npos)
    name.repository.insert(0, "library/");
  return name;
}

Result<Pattern> Pattern::parse(std::string_view text) {
  if (text.empty()) return Error{"an empty pattern can never match"};
  if (text.find("://") != text.npos) return no_pattern(text, "a scheme");
  if (text.find_first_of(" \t\r\n") != text.npos) return no_pattern(text, "white space");

  Pattern pattern;
  std::string_view rest = text;
  if (const std::size_t at = rest.find('@'); at != rest.npos) {
    pattern.digest_ = rest.substr(at + 1);
    rest = rest.substr(0, at);
    if (pattern.digest_.empty()) return no_pattern(text, "an empty digest");
    if (const auto fault = fault_of_digest(pattern.digest_)) return no_pattern(text, *fault);
  }
  const std::size_t slash = rest.find('/');
  if (slash == rest.npos ? lone_word_is_host(rest) : reads_as_host(rest.substr(0, slash))) {
    pattern.host_ = registry_key(rest.substr(0, slash));
    rest = slash == rest.npos ? "**" : rest.substr(slash + 1);
    if (const auto fault = fault_of_host(pattern.host_)) return no_pattern(text, *fault);
  } else {
    pattern.host_ = hub;
  }
  if (const std::size_t colon = rest.find(':'); colon != rest.npos) {
    pattern.tag_ = rest.substr(colon + 1);
    rest = rest.substr(0, colon);
    if (pattern.tag_.empty()) return no_pattern(text, "an empty tag");
    if (const auto fault = fault_of_tag(pattern.tag_)) return no_pattern(text, *fault);
  }
  if (const auto fault = fault_of_path(rest)) {
    Error error = no_pattern(text, *fault);
    if (text.ends_with('/')) error.hint = all_below(text);
    return error;
  }
  pattern.path_ = rest;
  if (pattern.host_ == hub && rest != "**" && rest.find('/') == rest.npos)
    pattern.path_.insert(0, "library/");
  return pattern;
}

bool Pattern::matches_registry(std::string_view registry) const {
  return glob_matches(host_, registry, ".:");
}

bool Pattern::matches_repository(const ImageName& name) const {
  if (!matches_registry(name.registry)) return false;
  return glob_matches(path_, name.repository, "/") ||
         (host_ == "**" && glob_matches("**/" + path_, name.repository, "/"));
}

bool Pattern::matches(const ImageName& name) const {
  if (!tag_.empty() && !glob_matches(tag_, name.tag, "")) return false;
  if (!digest_.empty() && !glob_matches(digest_, name.digest, "")) return false;
  return matches_repository(name);
}

Specificity Pattern::specificity() const {
  return {.literal_host = host_.find('*') == std::string::npos,
          .host = literal_length(host_),
          .path = literal_length(path_),
          .tag = literal_length(tag_) + literal_length(digest_),
          .wildcards = -(wildcards(host_) + wildcards(path_) + wildcards(tag_) + wildcards(digest_))};
}

bool matches_any(const std::vector<std::string>& patterns, const ImageName& name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& text) {
    const Result<Pattern> pattern = Pattern::parse(text);
    return pattern && pattern->matches(name);
  });
}

}  // namespace imglint
