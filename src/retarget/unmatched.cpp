#include "retarget/unmatched.hpp"

#include <algorithm>
#include <map>

#include "retarget/concern.hpp"
#include "retarget/guess.hpp"

namespace imglint {
namespace {

class Matches {
 public:
  explicit Matches(const Mapping& mapping)
      : mapping_(mapping),
        entries(mapping.entries().size()),
        from(mapping.from().size()),
        except(mapping.except().size()) {}

  void mark(const MappedName& mapped) {
    mark(entries, mapped.entry);
    mark(from, mapped.from);
    mark(except, mapped.except);
  }

  /// All that may be about a name which is not known.
  void mark(const KnownName& name) {
    for (std::size_t i = 0; i < entries.size(); ++i)
      entries[i] = entries[i] || name.may_match(mapping_.entries()[i].from);
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = from[i] || name.may_match(mapping_.from()[i]);
    for (std::size_t i = 0; i < except.size(); ++i)
      except[i] = except[i] || name.may_match(mapping_.except()[i]);
  }

  /// Whether nothing is left that matched nothing: there is no need to look for more.
  bool is_complete() const {
    const auto all = [](const std::vector<bool>& matched) {
      return std::find(matched.begin(), matched.end(), false) == matched.end();
    };
    return all(entries) && all(from) && all(except);
  }

 private:
  static void mark(std::vector<bool>& matched, std::int32_t index) {
    if (index >= 0) matched[static_cast<std::size_t>(index)] = true;
  }

  const Mapping& mapping_;

 public:
  std::vector<bool> entries, from, except;
};

/// What a use's name is mapped to, if a run does not say: it stays for a reason of its own.
void mark_use(Matches& matches, const Proposal& proposal, const Mapping& mapping) {
  matches.mark(proposal.move.mapped);
  if (proposal.move.mapped.outcome != MappedName::Outcome::refused &&
      proposal.move.outcome != Move::Outcome::none && proposal.move.outcome != Move::Outcome::refused)
    return;
  if (const auto name = name_if_image(*proposal.use)) matches.mark(mapping.map(*name));
  if (proposal.move.outcome == Move::Outcome::refused) matches.mark(KnownName(*proposal.use));
}

/// The names that the run has met, as far as they are known.
std::vector<std::string> names_of(const std::vector<Proposal>& proposals) {
  std::vector<std::string> names;
  for (const Proposal& proposal : proposals)
    if (const auto name = name_if_image(*proposal.use); name && name->known >= name->name.size())
      names.push_back(name->name);
  return names;
}

/// Whether an earlier run may have brought names to a target.
bool is_done(const std::vector<Proposal>& proposals, std::string_view target) {
  return !target.empty() && std::any_of(proposals.begin(), proposals.end(), [&](const Proposal& proposal) {
    return proposal.move.outcome == Move::Outcome::unchanged && is_under(proposal.move.pair.source, target);
  });
}

constexpr std::string_view ending_of_done = "; names below its target are here, as after an earlier run";

void add_entry(std::vector<RetargetNote>& notes, const Mapping::Entry& entry, const Mapping& mapping,
               const std::vector<Proposal>& proposals, const std::vector<std::string>& names) {
  const MapEntry& written = mapping.options().maps[entry.written];
  if (written.fact) return;  // nobody expects all of them
  if (written.line > 0 && !written.configured && !is_alone_on_docker_hub(entry.from)) return;
  const bool may_be_done = is_done(proposals, entry.to.name);
  const std::string guess = may_be_done ? name_that_fits(entry.from, names) : did_you_mean(entry.from, names);
  const bool done = may_be_done && guess.empty();
  std::string message =
      written.line > 0 ? written.origin + ":" + std::to_string(written.line) : written.origin;
  message += " " + written.from + "=" + written.to + " matched nothing";
  message += done ? std::string(ending_of_done) : guess;
  notes.push_back({{}, std::move(message), !done});
}

/// A file of maps is for many repositories, so that no single entry need match. If none does, it may be the
/// wrong file, or be misspelt.
void add_idle_files(std::vector<RetargetNote>& notes, const std::vector<bool>& matched,
                    const Mapping& mapping, const std::vector<Proposal>& proposals,
                    const std::vector<std::string>& names) {
  struct File {
    std::size_t entries = 0;
    bool is_used = false;
    std::string guess = {};
  };
  std::map<std::string_view, File> files;
  for (std::size_t i = 0; i < matched.size(); ++i) {
    const Mapping::Entry& entry = mapping.entries()[i];
    const MapEntry& written = mapping.options().maps[entry.written];
    if (written.line == 0 || written.configured || written.fact) continue;
    File& file = files[written.origin];
    ++file.entries;
    // What it says by itself is told by add_entry().
    file.is_used = file.is_used || matched[i] || is_alone_on_docker_hub(entry.from) ||
                   entry.to.name.empty() || is_done(proposals, entry.to.name);
    if (!file.is_used && file.guess.empty()) file.guess = did_you_mean(entry.from, names);
  }
  for (const auto& [path, file] : files)
    if (!file.is_used)
      notes.push_back({{},
                       std::string(path) + ": " +
                           (file.entries == 1
                                ? "its map matched nothing"
                                : "none of its " + std::to_string(file.entries) + " maps matched anything") +
                           file.guess,
                       !file.guess.empty()});
}

/// Who says what becomes of paths, where no --to moves any.
std::string_view idle_paths(const Mapping& mapping) {
  if (!mapping.to().name.empty()) return {};
  if (!mapping.options().path_template.empty()) return "--path-template";
  return mapping.options().paths == PathStrategy::keep ? std::string_view() : "--paths (or 'retarget.paths')";
}

}  // namespace

void note_idle_paths(const Mapping& mapping, std::vector<RetargetNote>& notes) {
  const std::string_view option = idle_paths(mapping);
  if (!option.empty())
    notes.push_back(
        {{},
         std::string(option) +
             " changes nothing without a target that all moves to; maps keep what is below their FROM",
         true});
}

std::vector<RetargetNote> unmatched_patterns(const std::vector<Proposal>& proposals, const Mapping& mapping) {
  std::vector<RetargetNote> notes;
  Matches matches(mapping);
  if (proposals.empty() || matches.is_complete()) return notes;
  for (const Proposal& proposal : proposals) mark_use(matches, proposal, mapping);
  if (matches.is_complete()) return notes;
  const std::vector<std::string> names = names_of(proposals);
  for (std::size_t i = 0; i < matches.entries.size(); ++i)
    if (!matches.entries[i]) add_entry(notes, mapping.entries()[i], mapping, proposals, names);
  add_idle_files(notes, matches.entries, mapping, proposals, names);
  const auto add = [&](std::string who, const NamePattern& pattern, bool may_be_done) {
    const std::string guess = did_you_mean(pattern, names);
    const bool done = may_be_done && guess.empty();
    notes.push_back(
        {{}, std::move(who) + " matched nothing" + (done ? std::string(ending_of_done) : guess), !done});
  };
  const bool done = is_done(proposals, mapping.to().name);
  for (std::size_t i = 0; i < matches.from.size(); ++i)
    if (!matches.from[i]) add(mapping.from_text(i), mapping.from()[i], done);
  for (std::size_t i = 0; i < matches.except.size(); ++i)
    if (!matches.except[i]) add(mapping.except_text(i), mapping.except()[i], false);
  return notes;
}

}  // namespace imglint
