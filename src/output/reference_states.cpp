#include "output/reference_states.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "base/version.hpp"
#include "output/json_text.hpp"
#include "output/reports/report.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> format_names = {"text", "json", "jsonl", "sarif"};

constexpr RuleInfo rule(std::string_view name, std::string_view summary) {
  return {.name = name, .summary = summary, .why = summary};
}

/// The states as rules, for formats that want a catalogue of them. Sorted by name.
constexpr std::array state_rules = {
    rule("denied", "The registry wants other credentials, or has no such image."),
    rule("different", "The target of a move is another image than its source."),
    rule("equivalent", "The target of a move has another index with the same images."),
    rule("gone", "The digest that is written is no longer in the registry."),
    rule("host-unreachable", "The registry does not answer, and is not asked any more."),
    rule("incomplete", "The index is there, an image that it names is not."),
    rule("mismatch", "The tag never had the digest that stands beside it."),
    rule("missing", "The registry has no such tag or repository."),
    rule("moved", "The tag has another digest now."),
    rule("no-platform", "The image is not there for a platform that is asked for."),
    rule("not-asked", "The registry is not one that may be asked."),
    rule("not-compared",
         "The reference has neither a digest nor a version to compare; no registry was asked."),
    rule("not-pinned", "The reference cannot get a digest as it is written."),
    rule("ok", "The image is there."),
    rule("outdated", "A newer version of the image is there."),
    rule("pinned", "The reference has got a digest."),
    rule("platform-pin", "The digest is that of one platform of the tag's index."),
    rule("rate-limited", "The registry was asked too often."),
    rule("same", "The target of a move is its source, byte for byte."),
    rule("unknown", "Nobody can say what the registry has."),
    rule("unpinned", "The reference has no digest."),
};

/// The rule of a state, or that of what cannot be pinned.
const RuleInfo& rule_of(std::string_view state) {
  const auto* found = std::find_if(state_rules.begin(), state_rules.end(),
                                   [&](const RuleInfo& one) { return one.name == state; });
  if (found != state_rules.end()) return *found;
  return *std::find_if(state_rules.begin(), state_rules.end(),
                       [](const RuleInfo& one) { return one.name == "not-pinned"; });
}

std::string_view word_of(Severity severity) {
  return severity == Severity::off ? std::string_view("ok") : to_string(severity);
}

Json json_of(const ReferenceState& state) {
  Json object = Json::object();
  if (state.place.source) {
    const Position at = state.place.source->position(state.place.span.begin);
    object["file"] = valid_utf8(state.place.source->path());
    object["line"] = at.line;
    object["column"] = at.column;
    object["start"] = state.place.span.begin;
    object["end"] = state.place.span.end;
  }
  object["image"] = valid_utf8(state.image);
  if (!state.target.empty()) object["target"] = valid_utf8(state.target);
  object["state"] = state.state;
  object["severity"] = word_of(state.severity);
  if (!state.digest.empty()) object["digest"] = state.digest;
  if (!state.message.empty()) object["message"] = valid_utf8(state.message);
  return object;
}

std::string line_of(const ReferenceState& state) {
  std::string text = "imglint";
  if (state.place.source) {
    const Position at = state.place.source->position(state.place.span.begin);
    text = printable(state.place.source->path()) + ":" + std::to_string(at.line) + ":" +
           std::to_string(at.column);
  }
  text += ": " + std::string(word_of(state.severity)) + ": " + printable(state.image);
  if (!state.target.empty()) text += " -> " + printable(state.target);
  if (!state.message.empty()) text += ": " + printable(state.message);
  return text + " [" + std::string(state.state) + "]\n";
}

/// Those of a registry that was given up are one line: the first, with how many there are.
std::vector<ReferenceState> folded(std::span<const ReferenceState> states) {
  std::map<std::string, std::size_t> counts;
  for (const ReferenceState& state : states)
    if (state.given_up) ++counts[state.message];
  std::vector<ReferenceState> result;
  for (ReferenceState state : states) {
    if (state.given_up) {
      std::size_t& count = counts[state.message];
      if (count == 0) continue;
      const std::string more = count == 1 ? "" : "; so it is for " + std::to_string(count) + " references";
      count = 0;
      state.message += more;
    }
    result.push_back(std::move(state));
  }
  return result;
}

std::string sarif_text(std::span<const ReferenceState> states) {
  std::vector<Finding> findings;
  std::vector<const Source*> files;
  std::vector<const RuleInfo*> catalogue;
  for (const RuleInfo& one : state_rules) catalogue.push_back(&one);
  for (const ReferenceState& state : states) {
    if (state.severity == Severity::off || !state.place.source) continue;
    const std::string text = state.image + (state.message.empty() ? "" : ": " + state.message);
    findings.push_back({.rule = rule_of(state.state).name,
                        .severity = state.severity,
                        .is_about_image = true,
                        .place = state.place,
                        .message = text,
                        .subject = state.image});
  }
  std::set<const Source*> known;
  for (const ReferenceState& state : states)
    if (state.place.source && known.insert(state.place.source).second) files.push_back(state.place.source);
  ReportCounts counts;
  counts.files = files.size();
  for (const Finding& finding : findings) counts.tally.add(finding);
  const CheckReport report{
      .findings = findings, .files = files, .rules = catalogue, .counts = counts, .version = version};
  const ReportFormat& format = *find_report_format("sarif");
  std::string out;
  if (format.begin) format.begin(report, out);
  bool first = true;
  for (std::size_t begin = 0; begin < findings.size();) {
    std::size_t end = begin;
    while (end < findings.size() && findings[end].place.source == findings[begin].place.source) ++end;
    if (!first) out += format.between;
    first = false;
    if (format.file)
      format.file(report, {}, {findings[begin].place.source, report.findings.subspan(begin, end - begin)},
                  out);
    begin = end;
  }
  format.end(report, {}, out);
  return out;
}

}  // namespace

std::optional<StateFormat> state_format_named(std::string_view name) {
  const auto* found = std::find(format_names.begin(), format_names.end(), name);
  if (found == format_names.end()) return std::nullopt;
  return static_cast<StateFormat>(found - format_names.begin());
}

std::span<const std::string_view> state_format_names() { return format_names; }

std::string states_text(std::span<const ReferenceState> states, StateFormat format, bool all) {
  std::string text;
  switch (format) {
    case StateFormat::text:
      for (const ReferenceState& state : folded(states))
        if (all || state.severity != Severity::off) text += line_of(state);
      return text;
    case StateFormat::jsonl:
      for (const ReferenceState& state : states) text += json_text(json_of(state)) + '\n';
      return text;
    case StateFormat::json: {
      Json list = Json::array();
      for (const ReferenceState& state : states) list.push_back(json_of(state));
      return json_text({{"version", 1}, {"references", std::move(list)}}, 2) + '\n';
    }
    case StateFormat::sarif:
      return sarif_text(states);
  }
  return text;
}

std::string states_summary(std::span<const ReferenceState> states) {
  std::map<std::string_view, std::size_t> counts;
  for (const ReferenceState& state : states) ++counts[state.state];
  std::string text = std::to_string(states.size()) + (states.size() == 1 ? " reference" : " references");
  std::string separator = ": ";
  for (const auto& [state, count] : counts) {
    text += separator + std::to_string(count) + " " + std::string(state);
    separator = ", ";
  }
  return text + "\n";
}

}  // namespace imglint
