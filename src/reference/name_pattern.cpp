#include "reference/name_pattern.hpp"

#include <algorithm>
#include <variant>

#include "base/ascii.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

bool has_capitals(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Whether a first component is a host by Docker's rule (docs/spec/reference.md 4).
bool reads_as_host(std::string_view component) {
  return component == "localhost" || component.find_first_of(".:[") != std::string_view::npos ||
         has_capitals(component);
}

/// Whether a text without a slash is a host rather than an image with a tag: `localhost:5000` and `gcr.io`
/// are, `nginx:1.25` is not.
bool reads_as_lone_host(std::string_view text) {
  if (text.starts_with('[')) return true;
  if (text.find('@') != std::string_view::npos) return false;
  const std::string_view before_colon = text.substr(0, text.find(':'));
  return before_colon == "localhost" || before_colon.find_first_of(".[") != std::string_view::npos;
}

std::string canonical_host(std::string_view host) {
  return host == "index.docker.io" ? "docker.io" : std::string(host);
}

Error wrong(std::string_view text, std::string reason, std::string hint = {}) {
  return {.message = "'" + std::string(text) + "' " + std::move(reason), .hint = std::move(hint)};
}

Error no_image_name(std::string_view shown, std::string_view parsed, const ReferenceError& error) {
  return wrong(shown, "is no image name: " + message(error, parsed));
}

/// `docker.io/library` of `docker.io/library/*`: what lies below a name is meant in any case. Empty for all
/// others.
std::string_view without_stars(std::string_view text) {
  const auto name_end = text.find("/*");
  const bool ends_in_stars = name_end != text.npos && text.find_first_not_of('*', name_end + 1) == text.npos;
  return ends_in_stars ? text.substr(0, name_end) : std::string_view();
}

/// A host alone is checked as the host of some image.
Result<void> check_host(std::string_view shown, std::string_view host) {
  const std::string probe = std::string(host) + "/x";
  const ReferenceParse parsed = parse_reference(probe);
  if (const auto* error = std::get_if<ReferenceError>(&parsed))
    return wrong(shown, "is no registry host: " + message(*error, probe));
  return {};
}

Result<NamePattern> wildcard(std::string_view text) {
  const std::string_view domain = text.substr(2);
  if (domain.find('/') != std::string_view::npos)
    return wrong(text, "is a wildcard with a path", "a wildcard stands for hosts only: *.example.com");
  if (auto checked = check_host(text, domain); !checked) return checked.error();
  return NamePattern{.kind = NamePattern::Kind::wildcard, .name = "." + std::string(domain)};
}

}  // namespace

std::string full_name(const CanonicalReference& reference) {
  return reference.registry.empty() ? reference.repository : reference.registry + "/" + reference.repository;
}

std::string_view host_of(std::string_view name) { return name.substr(0, name.find('/')); }

std::string_view path_of(std::string_view name) {
  const auto slash = name.find('/');
  return slash == std::string_view::npos ? std::string_view() : name.substr(slash + 1);
}

std::size_t depth_of(std::string_view path) {
  if (path.empty()) return 0;
  return 1 + static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

bool is_under(std::string_view name, std::string_view prefix) {
  return name.starts_with(prefix) && (name.size() == prefix.size() || name[prefix.size()] == '/');
}

std::string NamePattern::to_string() const {
  if (kind == Kind::wildcard) return "*" + name;
  if (kind == Kind::prefix) return name;
  return digest.empty() ? name + ":" + tag : name + "@" + digest;
}

Result<NamePattern> parse_name_pattern(std::string_view written) {
  const std::string_view shown = trimmed(written);
  std::string_view text = shown;
  if (text.empty()) return wrong(shown, "names nothing");
  if (text.find("://") != std::string_view::npos) return wrong(shown, "is a URL", "leave the scheme out");
  if (text.starts_with("*.")) return wildcard(text);
  const bool closed = text.ends_with('/');
  while (text.ends_with('/')) text.remove_suffix(1);
  if (text.find('/') == std::string_view::npos && (closed || reads_as_lone_host(text))) {
    if (auto checked = check_host(shown, text); !checked) return checked.error();
    return NamePattern{.name = canonical_host(text)};
  }
  const ReferenceParse parsed = parse_reference(text);
  if (const auto* error = std::get_if<ReferenceError>(&parsed)) {
    Error wrong_name = no_image_name(shown, text, *error);
    if (const std::string_view name = without_stars(text); !name.empty())
      wrong_name.hint = "write " + std::string(name) + ": all below it is meant";
    else if (reads_as_host(text) && check_host(shown, text))
      wrong_name.hint = "a host without a dot ends in a slash: " + std::string(text) + "/";
    return wrong_name;
  }
  const Reference& reference = std::get<Reference>(parsed);
  const CanonicalReference meaning = canonical(reference, text);
  if (reference.digest)
    return NamePattern{
        .kind = NamePattern::Kind::exact, .name = full_name(meaning), .digest = *meaning.digest};
  if (reference.tag)
    return NamePattern{.kind = NamePattern::Kind::exact, .name = full_name(meaning), .tag = *meaning.tag};
  // With the host written, docker.io/nginx is the namespace nginx, as in registries.conf(5).
  if (reference.registry)
    return NamePattern{.name = canonical_host(reference.registry->of(text)) + "/" +
                               std::string(reference.repository().of(text))};
  return NamePattern{.name = full_name(meaning)};
}

Result<NamePattern> parse_exact_name(std::string_view written) {
  const std::string_view text = trimmed(written);
  if (text.empty()) return wrong(text, "names nothing");
  const ReferenceParse parsed = parse_reference(text);
  if (const auto* error = std::get_if<ReferenceError>(&parsed)) return no_image_name(text, text, *error);
  const CanonicalReference meaning = canonical(std::get<Reference>(parsed), text);
  NamePattern pattern{.kind = NamePattern::Kind::exact, .name = full_name(meaning)};
  if (meaning.digest)
    pattern.digest = *meaning.digest;
  else
    pattern.tag = meaning.tag.value_or("latest");
  return pattern;
}

/// A tag in a target is seldom meant: images keep theirs.
static std::string hub_hint(std::string_view text) {
  const auto suffix = text.find_first_of(":@");
  std::string hint = "for Docker Hub write docker.io/" + std::string(text.substr(0, suffix));
  if (suffix == std::string_view::npos) return hint;
  return hint + ", which keeps tags; with '" + std::string(text.substr(suffix)) +
         "' behind it all tags of the image become that";
}

Result<MapTarget> parse_map_target(std::string_view written) {
  const std::string_view shown = trimmed(written);
  std::string_view text = shown;
  while (text.ends_with('/')) text.remove_suffix(1);
  if (text.empty()) {
    if (shown.empty()) return MapTarget{};
    return wrong(shown, "names no registry");
  }
  if (text.find("://") != std::string_view::npos)
    return wrong(shown, "is a URL, a registry is not", "leave the scheme out");
  const std::string_view host = host_of(text);
  if (!reads_as_host(host)) return wrong(shown, "has no registry host", hub_hint(text));
  const auto suffix = text.find_first_of(":@", host.size());
  const std::string_view name = text.substr(0, suffix);
  if (has_capitals(name))
    return wrong(shown, "has upper-case letters", "hosts and repository names are lower case");
  if (host.size() == text.size()) {
    if (auto checked = check_host(shown, text); !checked) return checked.error();
    return MapTarget{.name = canonical_host(text)};
  }
  const ReferenceParse parsed = parse_reference(text);
  if (const auto* error = std::get_if<ReferenceError>(&parsed)) return no_image_name(shown, text, *error);
  const Reference& reference = std::get<Reference>(parsed);
  const std::string_view rest = text.substr(reference.name.end);
  return MapTarget{
      .name = canonical_host(host) + std::string(text.substr(host.size(), reference.name.end - host.size())),
      .suffix = std::string(rest)};
}

Error contradicting_maps(std::string_view one, std::string_view other) {
  return {.message = std::string(one) + " and " + std::string(other) + " contradict each other",
          .hint = "keep one of them"};
}

}  // namespace imglint
