#include "reference/states.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace imglint {

namespace {

using enum ReadingState;

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_alnum(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// A host and its port, up to the slash.
constexpr ReadingState next_of_host(ReadingState state, char c) {
  switch (state) {
    case start:
      return c == '[' ? bracket : is_alnum(c) ? host : dead;
    case host:
      if (is_alnum(c)) return host;
      return c == '-' ? host_dash : c == '.' ? host_dot : c == ':' ? port_start : c == '/' ? slash : dead;
    case host_dash:
      return is_alnum(c) ? host : c == '-' ? host_dash : dead;
    case host_dot:
      return is_alnum(c) ? host : dead;
    case bracket:
      return is_hex(c) || c == ':' ? address : dead;
    case address:
      return is_hex(c) || c == ':' ? address : c == ']' ? address_end : dead;
    case address_end:
      return c == ':' ? port_start : c == '/' ? slash : dead;
    case port_start:
      return is_digit(c) ? port : dead;
    case port:
      return is_digit(c) ? port : c == '/' ? slash : dead;
    default:
      return dead;
  }
}

/// A path, a tag, a digest. The length of a tag is the caller's.
constexpr ReadingState next_of_path(ReadingState state, char c) {
  const bool name = is_lower(c) || is_digit(c);
  switch (state) {
    case slash:
      return name ? component : dead;
    case component:
      if (name) return component;
      if (c == '.') return separator;
      if (c == '_') return underscore;
      if (c == '-') return dash;
      return c == '/' ? slash : c == ':' ? tag_start : c == '@' ? algorithm_start : dead;
    case separator:
      return name ? component : dead;
    case underscore:
      return name ? component : c == '_' ? separator : dead;
    case dash:
      return name ? component : c == '-' ? dash : dead;
    case tag_start:
      return is_alnum(c) || c == '_' ? tag : dead;
    case tag:
      if (is_alnum(c) || c == '_' || c == '.' || c == '-') return tag;
      return c == '@' ? algorithm_start : dead;
    case algorithm_start:
      return is_letter(c) ? algorithm : dead;
    case algorithm:
      if (is_alnum(c)) return algorithm;
      if (c == '-' || c == '_' || c == '+' || c == '.') return algorithm_start;
      return c == ':' ? hex : dead;
    case hex:
      return is_hex(c) ? hex : dead;
    default:
      return dead;
  }
}

constexpr std::size_t state_count = static_cast<std::size_t>(hex) + 1;
using Table = std::array<std::array<ReadingState, 256>, state_count>;

/// The switch as a table: a faulty text of any length costs a few loads a byte.
constexpr Table make_table(ReadingState (*next)(ReadingState, char)) {
  Table table{};
  for (std::size_t state = 0; state < state_count; ++state)
    for (std::size_t byte = 0; byte < 256; ++byte)
      table[state][byte] = next(static_cast<ReadingState>(state), static_cast<char>(byte));
  return table;
}

constexpr Table host_table = make_table(next_of_host);
constexpr Table path_table = make_table(next_of_path);

ReadingState look_up(const Table& table, ReadingState state, char c) {
  return table[static_cast<std::size_t>(state)][static_cast<unsigned char>(c)];
}

ReferenceReadings next(const ReferenceReadings& from, char c) {
  ReferenceReadings to{look_up(host_table, from.host, c), look_up(path_table, from.path, c), 0};
  if (to.host == slash) return {dead, slash, 0};
  const bool counted = to.path == tag || (to.path == hex && from.path == hex);
  if (counted) to.count = from.count + 1;
  if (to.path == tag && to.count > 128) to.path = dead;
  return to;
}

bool accepts(const ReferenceReadings& readings) {
  return readings.path == component || readings.path == tag || (readings.path == hex && readings.count >= 32);
}

}  // namespace

ReferenceScan scan_reference(std::string_view text, ReferenceStart from, bool lower_case) {
  ReferenceScan scan;
  scan.before = {from == ReferenceStart::anywhere ? start : dead, slash, 0};
  for (; scan.offset < text.size(); ++scan.offset) {
    const char written = text[scan.offset];
    const char c = lower_case && is_upper(written) ? static_cast<char>(written - 'A' + 'a') : written;
    const ReferenceReadings after = next(scan.before, c);
    if (!after.alive()) return scan;
    if (c == '/' && look_up(host_table, scan.before.host, c) == slash) scan.path = scan.offset + 1;
    scan.before = after;
  }
  scan.accepted = accepts(scan.before);
  return scan;
}

bool reads_as_registry(std::string_view first) {
  return first == "localhost" ||
         std::any_of(first.begin(), first.end(), [](char c) { return c == '.' || c == ':' || is_upper(c); });
}

ReferenceStart docker_start(std::string_view text) {
  const auto end = text.find('/');
  const bool registry = end != std::string_view::npos && reads_as_registry(text.substr(0, end));
  return registry ? ReferenceStart::anywhere : ReferenceStart::repository;
}

}  // namespace imglint
