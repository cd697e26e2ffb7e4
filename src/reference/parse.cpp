#include "reference/parse.hpp"

#include <algorithm>
#include <limits>

#include <tao/pegtl.hpp>

#include "grammar/reference.hpp"
#include "reference/states.hpp"

namespace imglint {

namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::reference;
using enum ReferenceErrorKind;

constexpr std::string_view hub = "docker.io";
constexpr std::string_view hub_alias = "index.docker.io";
constexpr std::string_view library = "library/";
constexpr std::size_t longest_path = 255;

/// What the grammar's actions fill in.
struct Parts {
  const char* begin;
  Reference reference = {};

  template <class Input>
  [[nodiscard]] TextRange range(const Input& in) const {
    return {static_cast<std::uint32_t>(in.begin() - begin), static_cast<std::uint32_t>(in.end() - begin)};
  }
};

template <class Rule>
struct Capture : pegtl::nothing<Rule> {};

template <>
struct Capture<rule::registry> {
  template <class Input>
  static void apply(const Input& in, Parts& parts) {
    parts.reference.registry = parts.range(in);
  }
};
template <>
struct Capture<rule::repository> {
  template <class Input>
  static void apply(const Input& in, Parts& parts) {
    const TextRange all = parts.range(in);
    Reference& reference = parts.reference;
    if (reference.name.begin > all.begin)
      reference.name_space = TextRange{all.begin, reference.name.begin - 1};
  }
};
template <>
struct Capture<rule::component> {
  template <class Input>
  static void apply(const Input& in, Parts& parts) {
    parts.reference.name = parts.range(in);
  }
};
template <>
struct Capture<rule::tag> {
  template <class Input>
  static void apply(const Input& in, Parts& parts) {
    parts.reference.tag = parts.range(in);
  }
};
template <>
struct Capture<rule::digest> {
  template <class Input>
  static void apply(const Input& in, Parts& parts) {
    parts.reference.digest = parts.range(in);
  }
};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::uint32_t first_capital(std::string_view text, std::size_t from) {
  while (from < text.size() && !is_upper(text[from])) ++from;
  return static_cast<std::uint32_t>(from);
}

bool is_identifier(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

template <class Rule>
bool run(std::string_view text, Parts& parts) {
  pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*> in(
      text.data(), text.data() + text.size(), "");
  return pegtl::parse<Rule, Capture>(in, parts);
}

bool run(ReferenceStart start, std::string_view text, Parts& parts) {
  return start == ReferenceStart::anywhere ? run<rule::full>(text, parts) : run<rule::local>(text, parts);
}

/// The second check of a digest that the grammar has accepted (reference.md 6).
std::optional<ReferenceError> check_digest(TextRange digest, std::string_view text) {
  const std::string_view written = digest.of(text);
  const auto colon = written.find(':');
  const std::string_view name = written.substr(0, colon);
  const std::string_view hex = written.substr(colon + 1);
  const DigestAlgorithm* known = find_digest_algorithm(name);
  const auto hex_begin = static_cast<std::uint32_t>(digest.begin + colon + 1);
  if (known && hex.size() != known->digits) return ReferenceError{digest_length, hex_begin};
  const std::uint32_t capital = first_capital(text, known ? hex_begin : digest.begin);
  if (capital < (known ? digest.end : hex_begin)) return ReferenceError{digest_format, capital};
  if (!known) return ReferenceError{digest_unsupported, digest.begin};
  return std::nullopt;
}

/// What holds for a text that the grammar has accepted: the length of the path, then the digest. `added`
/// bytes stand before the path as spelled.
ReferenceParse check(const Reference& reference, std::string_view text, std::size_t added) {
  const TextRange path = reference.repository();
  if (path.size() + added > longest_path)
    return ReferenceError{too_long, static_cast<std::uint32_t>(path.begin + longest_path - added)};
  if (reference.digest)
    if (const auto error = check_digest(*reference.digest, text)) return *error;
  return reference;
}

/// Step 5 of reference.md 4: a capital before the first colon of what follows the registry.
std::optional<ReferenceError> check_case(std::string_view text, ReferenceStart start) {
  const std::size_t begin = start == ReferenceStart::anywhere ? text.find('/') + 1 : 0;
  const std::string_view head = text.substr(0, text.find(':', begin));
  const std::uint32_t capital = first_capital(head, begin);
  if (capital < head.size()) return ReferenceError{uppercase, capital};
  return std::nullopt;
}

/// Why the grammar refuses a text: it would hold in lower case, or it does not hold (reference.md 8).
ReferenceError grammar_error(std::string_view text, ReferenceStart start) {
  const std::uint32_t offset = scan_reference(text, start).offset;
  if (first_capital(text, 0) <= offset) {
    const ReferenceScan lower = scan_reference(text, start, true);
    if (lower.accepted) return {uppercase, first_capital(text, lower.path)};
  }
  return {format, offset};
}

bool is_hub(std::string_view registry) { return registry == hub || registry == hub_alias; }

bool fits(std::string_view text) { return text.size() < std::numeric_limits<std::uint32_t>::max(); }

}  // namespace

ReferenceParse parse_reference(std::string_view text) {
  if (!fits(text)) return ReferenceError{format, 0};
  if (is_identifier(text)) return ReferenceError{identifier, 0};
  const ReferenceStart start = docker_start(text);
  if (const auto error = check_case(text, start)) return *error;
  Parts parts{text.data()};
  if (!run(start, text, parts)) return grammar_error(text, start);
  const auto& registry = parts.reference.registry;
  const bool on_hub = registry ? is_hub(registry->of(text)) : start == ReferenceStart::repository;
  const bool official = on_hub && !parts.reference.name_space;
  return check(parts.reference, text, official ? library.size() : 0);
}

ReferenceParse parse_bare_reference(std::string_view text) {
  if (!fits(text)) return ReferenceError{format, 0};
  if (text.empty()) return ReferenceError{empty, 0};
  Parts parts{text.data()};
  if (run(ReferenceStart::anywhere, text, parts)) return check(parts.reference, text, 0);
  return grammar_error(text, ReferenceStart::anywhere);
}

CanonicalView canonical_view(const Reference& reference, std::string_view text) {
  CanonicalView view;
  view.repository = reference.repository().of(text);
  if (reference.tag) view.tag = reference.tag->of(text);
  if (reference.digest) view.digest = reference.digest->of(text);
  if (reference.registry) {
    const std::string_view registry = reference.registry->of(text);
    view.registry = is_hub(registry) ? hub : registry;
  } else if (docker_start(text) == ReferenceStart::repository) {
    view.registry = hub;
  }
  // A host with an underscore is taken for a registry, but the grammar has it in the path: no registry.
  if (view.registry == hub && !reference.name_space) view.library = library;
  return view;
}

CanonicalReference canonical(const Reference& reference, std::string_view text) {
  const CanonicalView view = canonical_view(reference, text);
  CanonicalReference result;
  result.registry = view.registry;
  result.repository.reserve(view.library.size() + view.repository.size());
  result.repository.append(view.library).append(view.repository);
  if (reference.tag) result.tag.emplace(view.tag);
  if (reference.digest) result.digest.emplace(view.digest);
  return result;
}

std::optional<std::string> any_digest(std::string_view text) {
  if (is_identifier(text)) return "sha256:" + std::string(text);
  Parts parts{text.data()};
  if (!fits(text) || !run<rule::only_digest>(text, parts)) return std::nullopt;
  if (check_digest({0, static_cast<std::uint32_t>(text.size())}, text)) return std::nullopt;
  return std::string(text);
}

bool familiar_round_trips(const CanonicalReference& reference) {
  const std::string familiar = reference.familiar();
  const ReferenceParse parsed = parse_reference(familiar);
  const auto* again = std::get_if<Reference>(&parsed);
  return again && canonical(*again, familiar) == reference;
}

}  // namespace imglint
