#include "kinds/manifest/mask.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/reading.hpp"

namespace imglint::manifest {
namespace {

struct Action {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Action> actions_in(std::string_view bytes) {
  std::vector<Action> actions;
  for (auto at = bytes.find("{{"); at != bytes.npos;) {
    const std::size_t end = action_end(bytes, at);
    if (end == bytes.npos) break;
    actions.push_back({at, end});
    at = bytes.find("{{", end);
  }
  return actions;
}

void fill(std::string& text, const Action& action, std::string_view filler) {
  for (std::size_t at = action.begin; at < action.end; ++at)
    if (text[at] != '\n' && text[at] != '\r') text[at] = filler[(at - action.begin) % filler.size()];
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == text.npos; }

/// A comment behind blanks, or nothing.
bool is_end(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  return first == text.npos || (first > 0 && text[first] == '#');
}

/// A comment of the template with nothing behind it on its line: it leaves nothing.
bool is_last_remark(std::string_view bytes, const Action& action) {
  const std::string_view text = bytes.substr(action.begin, action.end - action.begin);
  const auto first = text.find_first_not_of("{- \t");
  if (first == text.npos || text.substr(first, 2) != "/*" || action.begin == 0) return false;
  const char before = bytes[action.begin - 1];
  const std::string_view behind = bytes.substr(action.end);
  return (before == ' ' || before == '\t') && is_blank(behind.substr(0, behind.find('\n')));
}

/// The last of `key: `, `- ` ends the text.
bool ends_in_indicator(std::string_view text) {
  const auto last = text.find_last_not_of(" \t");
  if (last == text.npos || last + 1 == text.size()) return false;
  if (text[last] == ':') return true;
  return text[last] == '-' && (last == 0 || text[last - 1] == ' ');
}

}  // namespace

std::string mask_actions(std::string_view bytes) {
  std::string text(bytes);
  const std::vector<Action> actions = actions_in(bytes);
  for (std::size_t i = 0; i < actions.size();) {
    // The actions of one line, or of the lines over which they go.
    const auto feed = bytes.rfind('\n', actions[i].begin);
    const std::size_t begin = feed == bytes.npos ? 0 : feed + 1;
    std::size_t last = i;
    std::size_t end = std::min(bytes.find('\n', actions[last].end), bytes.size());
    while (last + 1 < actions.size() && actions[last + 1].begin < end)
      end = std::min(bytes.find('\n', actions[++last].end), bytes.size());
    std::string rest;
    std::size_t done = begin;
    for (std::size_t at = i; at <= last; ++at) {
      rest += bytes.substr(done, actions[at].begin - done);
      done = actions[at].end;
    }
    const std::string_view behind = bytes.substr(done, end - done);
    const std::string_view before = bytes.substr(begin, actions[i].begin - begin);
    const bool only = is_blank(rest) && is_blank(behind);
    const bool whole = i == last && ends_in_indicator(before) && is_end(behind);
    for (std::size_t at = i; at <= last; ++at) {
      const bool leaves_nothing = only || whole || is_last_remark(bytes, actions[at]);
      fill(text, actions[at], leaves_nothing ? " " : template_filler);
    }
    i = last + 1;
  }
  return text;
}

}  // namespace imglint::manifest
