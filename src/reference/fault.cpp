// What a person needs to know about a faulty reference: docs/spec/reference.md 8, "Reasons".
#include <algorithm>

#include "base/quote.hpp"
#include "reference/character.hpp"
#include "reference/reference.hpp"
#include "reference/states.hpp"

namespace imglint {

namespace {

using State = ReadingState;

/// A text that cannot be read on at `offset`.
struct Break {
  std::string_view text;
  std::uint32_t offset;
  ReferenceReadings before;
  std::uint32_t path;  ///< where the path starts

  [[nodiscard]] bool at_end() const { return offset >= text.size(); }
  [[nodiscard]] char found() const { return at_end() ? '\0' : text[offset]; }
  [[nodiscard]] bool found_one_of(std::string_view characters) const {
    return !at_end() && characters.find(found()) != std::string_view::npos;
  }
  [[nodiscard]] bool path_is(std::initializer_list<State> states) const {
    return std::find(states.begin(), states.end(), before.path) != states.end();
  }
  [[nodiscard]] bool host_is(std::initializer_list<State> states) const {
    return std::find(states.begin(), states.end(), before.host) != states.end();
  }
  [[nodiscard]] std::string_view from(std::size_t begin) const { return text.substr(begin, offset - begin); }
  /// Start of what stands before the break and after the last of the given characters.
  [[nodiscard]] std::uint32_t after_last(std::string_view characters) const {
    const auto last = text.substr(0, offset).find_last_of(characters);
    return last == std::string_view::npos ? 0 : static_cast<std::uint32_t>(last + 1);
  }
};

TextRange range(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// The whole character at the break; empty at the end.
TextRange character_at(const Break& at) {
  return at.at_end() ? range(at.offset, at.offset)
                     : range(at.offset, at.offset + character_size(at.text, at.offset));
}

std::string found_text(const Break& at) { return quote(character_at(at).of(at.text)); }

std::optional<ReferenceFault> host_fault(const Break& at) {
  const std::string_view rest = at.text.substr(at.offset);
  if (at.host_is({State::bracket, State::address})) {
    if (at.at_end() || at.found() == '/') return ReferenceFault{range(0, at.offset), "'[' is not closed"};
    if (at.found() == '%')
      return ReferenceFault{character_at(at), "an address in brackets may not have a zone"};
    if (at.found() == '.')
      return ReferenceFault{character_at(at), "an address in brackets may not have an IPv4 part"};
    if (at.found() == ']') return ReferenceFault{range(0, at.offset + 1), "no address between the brackets"};
  }
  if (at.host_is({State::port_start}) && rest.starts_with("//"))
    return ReferenceFault{range(0, at.offset + 2),
                          quote(at.text.substr(0, at.offset + 2)) + " is a URL scheme; a reference has none"};
  if (at.host_is({State::port_start}) && at.found() == '/')
    return ReferenceFault{range(at.offset - 1, at.offset), "no port after " + quote(at.from(0))};
  if (at.host_is({State::port}) && at.path_is({State::dead}) && at.found() == ':')
    return ReferenceFault{character_at(at),
                          "a second ':' after the port " + quote(at.from(at.after_last(":")))};
  return std::nullopt;
}

constexpr std::string_view separators = "._-";
constexpr std::string_view tag_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

/// Between components, and after a separator.
std::optional<ReferenceFault> component_fault(const Break& at) {
  if (at.path_is({State::slash})) {
    if (at.text.empty()) return ReferenceFault{range(0, 0), "empty image reference"};
    if (at.at_end()) return ReferenceFault{range(at.offset - 1, at.offset), "nothing after the last '/'"};
    if (at.found() == '/' && at.offset == 0) return ReferenceFault{range(0, 1), "'/' at the start"};
    if (at.found() == '/')
      return ReferenceFault{range(at.offset - 1, at.offset + 1), "nothing between two '/'"};
    if (at.found_one_of(separators))
      return ReferenceFault{character_at(at), "a component may not start with " + found_text(at)};
    if (at.found_one_of(":@"))
      return ReferenceFault{character_at(at), "the name is missing before " + found_text(at)};
  }
  const bool after_separator = at.path_is({State::separator, State::underscore, State::dash}) ||
                               at.host_is({State::host_dot, State::host_dash});
  if (!after_separator) return std::nullopt;
  if (at.found_one_of(separators)) {
    const auto begin = at.text.substr(0, at.offset).find_last_not_of(separators) + 1;
    const std::string_view run = at.text.substr(begin, at.offset + 1 - begin);
    const bool underscores = run.find_first_not_of('_') == std::string_view::npos;
    return ReferenceFault{range(begin, at.offset + 1),
                          underscores ? "more than two underscores together"
                                      : "separators " + quote(run) + " may not stand together"};
  }
  if (!at.at_end() && !at.found_one_of("/:@")) return std::nullopt;
  return ReferenceFault{
      range(at.offset - 1, at.offset),
      quote(at.from(at.after_last("/"))) + " may not end in " + quote(at.text.substr(at.offset - 1, 1))};
}

/// `host:80a/app`, `my_reg:5000/app`, `a/host:5000/app`.
ReferenceFault slash_after_tag(const Break& at) {
  const std::uint32_t tag = at.after_last(":");
  const std::string_view name = at.text.substr(0, tag - 1);
  const std::string_view written = at.from(tag);
  const bool digits = written.find_first_not_of("0123456789") == std::string_view::npos;
  if (name.find('/') != std::string_view::npos)
    return {character_at(at), "'/' after the tag " + quote(written)};
  if (digits && name.find('_') != std::string_view::npos)
    return {range(0, name.size()), "a registry may not have an underscore: " + quote(name)};
  return {range(tag, at.offset), quote(written) + " is no port, and a tag may not have a '/' after it"};
}

std::optional<ReferenceFault> tag_fault(const Break& at) {
  const std::uint32_t begin = at.after_last(":");
  if (at.path_is({State::tag_start})) {
    if (at.at_end() || at.found_one_of("/:@"))
      return ReferenceFault{range(at.offset - 1, at.offset), "no tag after ':'"};
    if (at.found_one_of(".-"))
      return ReferenceFault{character_at(at), "a tag may not start with " + found_text(at)};
  }
  if (!at.path_is({State::tag})) return std::nullopt;
  if (at.found() == '/') return slash_after_tag(at);
  if (at.found() == ':')
    return ReferenceFault{character_at(at), "a second ':' after the tag " + quote(at.from(begin))};
  if (at.before.count < 128) return std::nullopt;
  const std::size_t end = std::min(at.text.find_first_not_of(tag_characters, begin), at.text.size());
  return ReferenceFault{range(begin, end), "the tag is " + std::to_string(end - begin) +
                                               " characters long; at most 128 are allowed"};
}

std::optional<ReferenceFault> digest_fault(const Break& at) {
  const std::uint32_t begin = at.after_last("@");
  if (at.path_is({State::algorithm_start})) {
    if (at.at_end()) return ReferenceFault{range(begin - 1, begin), "no digest after '@'", true};
    if (at.offset == begin)
      return ReferenceFault{character_at(at), "a digest may not start with " + found_text(at), true};
    return ReferenceFault{character_at(at),
                          "malformed digest algorithm: " + found_text(at) + " may not follow " +
                              quote(at.text.substr(at.offset - 1, 1)),
                          true};
  }
  if (at.path_is({State::algorithm})) {
    if (at.at_end())
      return ReferenceFault{range(begin, at.offset),
                            quote(at.from(begin)) + " is no digest: 'sha256:' and 64 hex digits are", true};
    return ReferenceFault{character_at(at), found_text(at) + " is not allowed in a digest algorithm", true};
  }
  if (!at.path_is({State::hex})) return std::nullopt;
  if (at.found() == ':') return ReferenceFault{character_at(at), "a tag may not follow the digest", true};
  if (at.found() == '@') return ReferenceFault{character_at(at), "a second digest", true};
  if (!at.at_end()) return ReferenceFault{character_at(at), found_text(at) + " is no hex digit", true};
  const std::uint32_t hex = at.after_last(":");
  const DigestAlgorithm* known = find_digest_algorithm(at.text.substr(begin, hex - 1 - begin));
  return ReferenceFault{range(hex, at.offset),
                        "the digest is too short: " + std::to_string(at.before.count) +
                            " hex digits instead of " +
                            (known ? std::to_string(known->digits) : "32 or more"),
                        true};
}

/// Where no row of the table fits: what the text was read as.
ReferenceFault other_fault(const Break& at) {
  if (at.path_is({State::dead}) && at.at_end())
    return {range(at.offset, at.offset), "no name after the registry"};
  if (at.path_is({State::slash}) && at.found() == '[' && at.offset == 0) {
    if (at.text.find(']') == std::string_view::npos) return {character_at(at), "'[' is not closed"};
    const bool slash = at.text.find('/') != std::string_view::npos;
    return {character_at(at), slash ? "an address in brackets needs a ':'" : "no name after the registry"};
  }
  const char* part = at.path_is({State::tag, State::tag_start})                         ? "a tag"
                     : at.host_is({State::bracket, State::address, State::address_end}) ? "a registry"
                     : at.host_is({State::port, State::port_start})                     ? "a port"
                     : at.path_is({State::dead})                                        ? "a registry"
                                                                                        : "an image name";
  return {character_at(at), found_text(at) + " is not allowed in " + part};
}

ReferenceFault uppercase_fault(std::string_view text, std::uint32_t offset) {
  const auto before = text.substr(0, offset).find_last_of("/@");
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find_first_not_of(tag_characters, offset), text.size());
  const bool digest = begin > 0 && text[begin - 1] == '@';
  return {range(begin, end),
          (digest ? "the digest algorithm must be lower case: " : "the name must be lower case: ") +
              quote(text.substr(begin, end - begin)),
          digest};
}

ReferenceFault format_fault(const Break& at) {
  // Before what may stand anywhere: '%' has a row of its own inside brackets.
  if (auto fault = host_fault(at)) return *fault;
  if (auto fault = unfit_character(at.text, at.offset)) {
    fault->in_digest = at.path_is({State::algorithm_start, State::algorithm, State::hex});
    return *fault;
  }
  if (auto fault = component_fault(at)) return *fault;
  if (auto fault = tag_fault(at)) return *fault;
  if (auto fault = digest_fault(at)) return *fault;
  const bool capital = at.found() >= 'A' && at.found() <= 'Z';
  if (capital && !at.path_is({State::dead})) return uppercase_fault(at.text, at.offset);
  return other_fault(at);
}

/// The reading that stops where the error says: Docker's, or else the bare grammar's.
Break break_at(std::string_view text, std::uint32_t offset) {
  ReferenceScan scan = scan_reference(text, docker_start(text));
  if (scan.offset != offset) scan = scan_reference(text, ReferenceStart::anywhere);
  return {text, scan.offset, scan.before, scan.path};
}

ReferenceFault too_long_fault(std::string_view text, std::uint32_t offset) {
  constexpr std::uint32_t library = 8;
  const bool local = docker_start(text) == ReferenceStart::repository;
  const ReferenceScan bare = scan_reference(text, ReferenceStart::anywhere);
  // 255 bytes before the offset the path starts: at the text's start, after a domain, or in `library/`.
  const bool counted = offset + library == (local ? 0 : bare.path) + 255;
  const std::uint32_t begin = local && offset <= 255 ? 0 : bare.path;
  const std::size_t end =
      std::max<std::size_t>(offset, std::min(text.find_first_of(":@", begin), text.size()));
  return {range(offset, end), "the path is " + std::to_string(end - begin + (counted ? library : 0)) +
                                  " bytes long" + (counted ? " with 'library/'" : "") +
                                  "; at most 255 are allowed"};
}

ReferenceFault digest_length_fault(std::string_view text, std::uint32_t hex) {
  const std::size_t at = text.rfind('@', hex);
  const std::string_view name = text.substr(at + 1, hex - at - 2);
  const DigestAlgorithm* known = find_digest_algorithm(name);
  return {range(hex, text.size()),
          "a " + std::string(name) + " digest has " + std::to_string(known ? known->digits : 0) +
              " hex digits, not " + std::to_string(text.size() - hex),
          true};
}

ReferenceFault digest_case_fault(std::string_view text, std::uint32_t offset) {
  const bool in_algorithm = text.find(':', offset) != std::string_view::npos;
  if (in_algorithm) return uppercase_fault(text, offset);
  return {range(offset, std::min<std::size_t>(offset + 1, text.size())),
          "a digest must be lower case: " + quote(text.substr(offset, 1)), true};
}

ReferenceFault digest_algorithm_fault(std::string_view text, std::uint32_t begin) {
  const std::size_t end = std::min(text.find(':', begin), text.size());
  std::string known;
  for (const DigestAlgorithm& algorithm : digest_algorithms)
    known.append(known.empty() ? "" : ", ").append(algorithm.name);
  return {range(begin, end),
          "unknown digest algorithm " + quote(text.substr(begin, end - begin)) + " (known: " + known + ")",
          true};
}

}  // namespace

ReferenceFault explain(const ReferenceError& error, std::string_view text) {
  const auto offset = static_cast<std::uint32_t>(std::min<std::size_t>(error.offset, text.size()));
  switch (error.kind) {
    case ReferenceErrorKind::empty:
      return {range(0, 0), "empty image reference"};
    case ReferenceErrorKind::format:
      return format_fault(break_at(text, offset));
    case ReferenceErrorKind::uppercase: {
      // What breaks before the capital is the better reason: `${IMAGE}`, `ubuntu AS build`.
      const ReferenceScan scan = scan_reference(text, docker_start(text), true);
      const bool earlier = !scan.accepted && scan.offset < offset;
      return earlier ? format_fault({text, scan.offset, scan.before, scan.path})
                     : uppercase_fault(text, offset);
    }
    case ReferenceErrorKind::too_long:
      return too_long_fault(text, offset);
    case ReferenceErrorKind::digest_format:
      return digest_case_fault(text, offset);
    case ReferenceErrorKind::digest_length:
      return digest_length_fault(text, offset);
    case ReferenceErrorKind::digest_unsupported:
      return digest_algorithm_fault(text, offset);
    case ReferenceErrorKind::identifier:
      return {range(0, text.size()), "64 hex digits are an image id, not a name"};
  }
  return {};
}

std::string message(const ReferenceError& error, std::string_view text) {
  return explain(error, text).message;
}

}  // namespace imglint
