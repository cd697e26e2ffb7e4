// PatternList: a list of patterns of images, indexed so that those which could match a name are found without
// going through the others.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policy/pattern.hpp"

namespace imglint {

/// Keys, and which of them begin a text. Found in the time of the text's length, not of the number of keys.
class PrefixTable {
 public:
  /// `number` is given back when the key begins a text.
  void add(std::string key, std::uint32_t number);
  /// After the last key, before the first search.
  void finish();
  /// Calls with the number of each key that begins the text, longest first, until a call gives true. Whether
  /// one has.
  template <class Call>
  bool any_beginning(std::string_view text, const Call& call) const {
    for (std::uint32_t at = last_not_behind(text); at != none; at = rows_[at].shorter)
      if (text.starts_with(rows_[at].key))
        for (const std::uint32_t number : rows_[at].numbers)
          if (call(number)) return true;
    return false;
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  struct Row {
    std::string key;
    std::vector<std::uint32_t> numbers;
    std::uint32_t shorter = none;  ///< the longest other key that begins this one
  };
  [[nodiscard]] std::uint32_t last_not_behind(std::string_view text) const;

  std::vector<Row> rows_;  ///< sorted by key
};

/// Patterns that do not parse match nothing: the configuration has refused them.
class PatternList {
 public:
  struct Entry {
    Pattern pattern;
    std::string text;
    std::uint32_t owner = 0;  ///< of what list or table it is an entry
  };

  PatternList() = default;
  explicit PatternList(const std::vector<std::string>& texts);
  /// All entries, then finish().
  void add(const std::string& text, std::uint32_t owner = 0);
  void finish();

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] bool matches_any(const ImageName& name) const;
  /// Some entry could match an image of this registry.
  [[nodiscard]] bool matches_registry(std::string_view registry) const;
  /// The owners of the entries that match, sorted, each once.
  [[nodiscard]] std::vector<std::uint32_t> owners_of_matches(const ImageName& name) const;
  /// Numbers of entries by their host, for hosts without wildcards.
  [[nodiscard]] const std::map<std::string, std::vector<std::uint32_t>, std::less<>>& by_host() const {
    return by_host_;
  }
  /// Numbers of entries whose host has wildcards.
  [[nodiscard]] const std::vector<std::uint32_t>& with_wild_host() const { return wild_hosts_; }

  /// Calls for each entry that could match by host and path, in no order, until a call gives true. Whether
  /// one has.
  template <class Call>
  bool any_for(const ImageName& name, const Call& call) const {
    const auto call_entry = [&](std::uint32_t number) { return call(entries_[number]); };
    if (!by_host_.empty() && by_begin_.any_beginning(name.registry + "/" + name.repository, call_entry))
      return true;
    if (wild_hosts_.empty()) return false;
    return by_end_of_host_.any_beginning(reversed(name.registry), call_entry) ||
           by_end_.any_beginning(reversed(name.repository), call_entry);
  }
  /// The same for each entry that could match by host.
  template <class Call>
  bool any_for_registry(std::string_view registry, const Call& call) const {
    if (const auto named = by_host_.find(registry); named != by_host_.end())
      for (const std::uint32_t number : named->second)
        if (call(entries_[number])) return true;
    for (const std::uint32_t number : any_hosts_)
      if (call(entries_[number])) return true;
    return !wild_hosts_.empty() &&
           by_end_of_host_.any_beginning(reversed(registry),
                                         [&](std::uint32_t number) { return call(entries_[number]); });
  }

 private:
  [[nodiscard]] static std::string reversed(std::string_view text) { return {text.rbegin(), text.rend()}; }

  std::vector<Entry> entries_;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_host_;
  std::vector<std::uint32_t> wild_hosts_;
  std::vector<std::uint32_t> any_hosts_;  ///< those of them whose host is `**`
  PrefixTable by_begin_;                  ///< hosts without wildcards: host and path up to the first star
  PrefixTable by_end_of_host_;            ///< other hosts: what stands behind the last star, reversed
  PrefixTable by_end_;                    ///< any host: the path behind the last star, reversed
};

}  // namespace imglint
