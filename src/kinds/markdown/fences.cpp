#include "kinds/markdown/fences.hpp"

#include <algorithm>

namespace imglint::markdown {
namespace {

constexpr std::string_view blanks = " \t";

std::size_t skip_blanks(std::string_view line, std::size_t at = 0) {
  return std::min(line.find_first_not_of(blanks, at), line.size());
}

/// Behind the marker of a list item; the same offset if there is none.
std::size_t skip_marker(std::string_view line, std::size_t at) {
  std::size_t end = at;
  if (end < line.size() && std::string_view("-*+").find(line[end]) != std::string_view::npos) {
    ++end;
  } else {
    while (end < line.size() && line[end] >= '0' && line[end] <= '9') ++end;
    if (end == at || end >= line.size() || (line[end] != '.' && line[end] != ')')) return at;
    ++end;
  }
  return end < line.size() && line[end] == ' ' ? skip_blanks(line, end) : at;
}

std::size_t run_length(std::string_view line, std::size_t at) {
  if (at >= line.size() || (line[at] != '`' && line[at] != '~')) return 0;
  return std::min(line.find_first_not_of(line[at], at), line.size()) - at;
}

/// What a line opens.
struct Opening {
  char mark = 0;  ///< 0: nothing
  std::size_t length = 0;
  std::size_t indentation = 0;
  std::string info;
};

std::string info_word(std::string_view info) {
  info.remove_prefix(skip_blanks(info));
  if (info.starts_with("{.")) {
    info.remove_prefix(2);
    info = info.substr(0, info.find('}'));
  }
  info = info.substr(0, info.find_first_of(" \t\r"));
  std::string word(info);
  std::ranges::transform(word, word.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return word;
}

Opening opening_of(std::string_view line) {
  std::size_t at = skip_blanks(line);
  for (std::size_t next = skip_marker(line, at); next != at; next = skip_marker(line, at)) at = next;
  const std::size_t length = run_length(line, at);
  if (length < 3) return {};
  const std::string_view info = line.substr(at + length);
  if (line[at] == '`' && info.find('`') != info.npos) return {};
  return {line[at], length, at, info_word(info)};
}

bool closes(std::string_view line, const Opening& opening) {
  const std::size_t at = skip_blanks(line);
  const std::size_t length = run_length(line, at);
  return length >= opening.length && line[at] == opening.mark &&
         line.find_first_not_of(" \t\r", at + length) == line.npos;
}

}  // namespace

std::vector<Fence> find_fences(std::string_view text, std::uint32_t begin) {
  std::vector<Fence> fences;
  Opening open;
  const auto offset = [&](std::size_t at) { return begin + static_cast<std::uint32_t>(at); };
  for (std::size_t at = 0; at < text.size();) {
    const auto feed = std::min(text.find('\n', at), text.size());
    const auto next = std::min(feed + 1, text.size());
    const std::string_view line = text.substr(at, feed - at);
    if (open.mark == 0) {
      open = opening_of(line);
      if (open.mark != 0) fences.push_back({open.info, {}, {offset(next), offset(next)}});
    } else if (closes(line, open)) {
      open = {};
    } else {
      const std::size_t indentation = std::min(skip_blanks(line), open.indentation);
      fences.back().lines.push_back({offset(at + indentation), offset(next)});
      fences.back().body.end = offset(next);
    }
    at = next;
  }
  return fences;
}

}  // namespace imglint::markdown
