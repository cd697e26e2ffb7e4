#include "config/hadolint.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "base/arena.hpp"
#include "base/quote.hpp"
#include "config/keys.hpp"
#include "config/other_tools.hpp"
#include "config/value.hpp"
#include "policy/compat.hpp"
#include "policy/pattern.hpp"
#include "yaml/events.hpp"

namespace imglint {
namespace {

using yaml::NodeIndex;
using yaml::NodeKind;

/// hadolint matches one star, at the begin or the end, with any text, and everything else to the letter.
struct Translated {
  std::vector<std::string> patterns;
  std::string remark = {};
};

bool is_registry(const std::string& pattern) {
  const Result<Pattern> parsed = Pattern::parse(pattern);
  return parsed && !parsed->has_suffix() && parsed->path() == "**";
}

Translated translate_leading_star(const std::string& rest) {
  if (rest.starts_with('.') && is_registry(rest.substr(1))) return {{"**" + rest}};
  if (!is_registry(rest)) return {{}, "no pattern of registries here says the same; left out"};
  return {{rest, "**." + rest},
          "hadolint also trusts other hosts that end in these letters, such as evil" + rest +
              "; here only the host and those below it"};
}

Translated translate_trailing_star(const std::string& rest) {
  if (rest.ends_with('.') && is_registry(rest + "**")) return {{rest + "**"}};
  if (!is_registry(rest)) return {{}, "no pattern of registries here says the same; left out"};
  return {{rest},
          "hadolint also trusts hosts that only begin with these letters, such as " + rest +
              ".evil.com; here only the host"};
}

Translated translate(const std::string& entry) {
  if (entry == "*") return {{"**"}, "every registry is allowed, so registry-not-allowed finds nothing"};
  if (entry == "hub.docker.com")
    return {{"docker.io"}, "hadolint takes it for Docker Hub, which is docker.io"};
  if (entry.starts_with('*')) return translate_leading_star(entry.substr(1));
  if (entry.ends_with('*')) return translate_trailing_star(entry.substr(0, entry.size() - 1));
  if (is_registry(entry) && entry.find('*') != entry.npos)
    return {{entry}, "hadolint takes a star in the middle to the letter; here it is any text within a label"};
  if (is_registry(entry)) return {{entry}};
  const std::string below = entry + (entry.ends_with('/') ? "**" : "/**");
  if (entry.find('/') != entry.npos && Pattern::parse(below))
    return {{below},
            "hadolint compares it with hosts alone and never matches it; here it is a path and all below"};
  return {{}, "it can never match; left out"};
}

/// What a word of hadolint is here, and what changes with it; no word: it has no counterpart.
struct Counterpart {
  std::string_view theirs;
  std::string_view ours;
  std::string_view remark = {};
};

constexpr std::string_view lowest = "becomes info, the lowest severity here";
constexpr Counterpart thresholds[] = {
    {"error", "error"},        {"warning", "warning"},     {"info", "info"},
    {"style", "info", lowest}, {"ignore", "info", lowest}, {"none", "info", lowest},
};

/// A format of reports that is here as well, maybe under another name.
constexpr Counterpart known_format(std::string_view theirs, std::string_view remark = {}) {
  const std::string_view meant = formats_meant(theirs);
  return {theirs, meant.empty() ? theirs : meant, remark};
}

constexpr std::string_view no_format = "has no counterpart; 'imglint check --help' lists the formats";
constexpr Counterpart formats[] = {
    known_format("tty"),
    known_format("json", "is taken over; what stands in it has other names here"),
    known_format("checkstyle"),
    known_format("codeclimate"),
    known_format("gitlab_codeclimate"),
    known_format("gnu"),
    known_format("sarif"),
    known_format("junit"),
    {"codacy", {}, no_format},
    {"sonarqube", {}, no_format},
};

/// A key of hadolint whose value a key here has as well.
struct SameKey {
  std::string_view theirs;
  std::string_view ours;
  std::span<const Counterpart> values;
};
constexpr SameKey same_keys[] = {
    {"failure-threshold", "fail-on", thresholds},
    {"format", "format", formats},
    {"output-format", "format", formats},
};

/// Keys that are options of the command line here, or nothing at all.
struct OtherKey {
  std::string_view name;
  std::string (*remark)(std::string_view value);  ///< empty: nothing to say
};

std::string flag_remark(std::string_view value, std::string_view remark) {
  return value == "true" ? std::string(remark) : std::string();
}

constexpr OtherKey other_keys[] = {
    {"no-fail",
     [](std::string_view value) {
       return flag_remark(value, "is an option here: imglint check --exit-zero");
     }},
    {"no-color", [](std::string_view value) { return flag_remark(value, "is a variable here: NO_COLOR=1"); }},
    {"verbose", [](std::string_view value) { return flag_remark(value, "has no counterpart"); }},
    {"label-schema",
     [](std::string_view) { return std::string("has no counterpart: labels are hadolint's to judge"); }},
    {"strict-labels",
     [](std::string_view value) {
       return flag_remark(value, "has no counterpart: labels are hadolint's to judge");
     }},
};

class HadolintReader {
 public:
  HadolintReader(const Source& source, const yaml::Tree& tree) : source_(source), tree_(tree) {
    config_.file = source.path();
  }

  HadolintConfig read(NodeIndex top) && {
    for (NodeIndex name = node(top).first_child; name != yaml::no_node;) {
      const NodeIndex value = tree_[name].next;
      read_key(name, value);
      keys_.push_back(node(name).value);
      rules_are_list_ =
          rules_are_list_ || (keys_.back() == "rules" && node(value).kind == NodeKind::sequence);
      name = tree_[value].next;
    }
    if (unknown_keys_ > 0 && unknown_keys_ == keys_.size())
      config_.other_tool = tool_of_config_keys(keys_, rules_are_list_);
    std::stable_sort(config_.remarks.begin(), config_.remarks.end(),
                     [](const Error& a, const Error& b) { return a.line < b.line; });
    return std::move(config_);
  }

 private:
  [[nodiscard]] const yaml::Node& node(NodeIndex index) const { return tree_[tree_.resolve(index)]; }

  void remark(NodeIndex at, std::string message) {
    const Position place = source_.position(tree_[at].mark);
    config_.remarks.push_back(
        {.message = std::move(message), .path = source_.path(), .line = place.line, .column = place.column});
  }

  /// The words of a list, or the one word that stands for it.
  void for_each_word(NodeIndex value, const std::function<void(NodeIndex, const std::string&)>& use) {
    if (node(value).kind == NodeKind::scalar) return use(value, std::string(node(value).value));
    if (node(value).kind != NodeKind::sequence) return;
    for (NodeIndex item = node(value).first_child; item != yaml::no_node; item = tree_[item].next)
      if (node(item).kind == NodeKind::scalar) use(item, std::string(node(item).value));
  }

  void read_key(NodeIndex name, NodeIndex value) {
    const std::string key(node(name).value);
    if (key == "ignored") return ignored(name, value);
    if (key == "override") return overrides(value);
    if (key == "trustedRegistries" || key == "trusted-registries") return trusted(name, value);
    if (key == "disable-ignore-pragma") return comments(name, value);
    if (const auto* same = std::ranges::find(same_keys, key, &SameKey::theirs); same != std::end(same_keys))
      return same_key(*same, name, value);
    const auto* other = std::find_if(std::begin(other_keys), std::end(other_keys),
                                     [&](const OtherKey& known) { return known.name == key; });
    if (other == std::end(other_keys)) return unknown(name, key);
    if (const std::string text = other->remark(node(value).value); !text.empty())
      remark(name, quote(key) + " " + text);
  }

  void unknown(NodeIndex name, const std::string& key) {
    ++unknown_keys_;
    std::vector<std::string> words = {"ignored", "override", "trustedRegistries", "disable-ignore-pragma"};
    for (const SameKey& known : same_keys) words.emplace_back(known.theirs);
    for (const OtherKey& known : other_keys) words.emplace_back(known.name);
    const std::string guess = suggestion(key, words, {});
    remark(name, quote(key) + " is no key of hadolint; left out" + (guess.empty() ? "" : ": " + guess));
  }

  void same_key(const SameKey& key, NodeIndex name, NodeIndex value) {
    const std::string word(node(value).value);
    const std::string origin = std::string(key.theirs) + ": " + word;
    const auto known = std::ranges::find(key.values, word, &Counterpart::theirs);
    if (known == key.values.end())
      return remark(name, quote(key.theirs) + " has no value of hadolint; left out");
    if (!known->ours.empty()) config_.keys[std::string(key.ours)] = {std::string(known->ours), origin};
    if (!known->remark.empty()) remark(name, quote(origin) + " " + std::string(known->remark));
  }

  void ignored(NodeIndex name, NodeIndex value) {
    std::string without;
    for_each_word(value, [&](NodeIndex, const std::string& rule) {
      if (!carry(rule, Severity::off, "ignored: " + rule)) without += (without.empty() ? "" : ", ") + rule;
    });
    say_without(name, "ignored", without);
  }

  /// The rules of the list go on being hadolint's.
  void say_without(NodeIndex at, const std::string& key, const std::string& rules) {
    if (!rules.empty())
      remark(at, "'" + key + "' has rules without a counterpart, which hadolint goes on to judge: " + rules);
  }

  void overrides(NodeIndex mapping) {
    if (node(mapping).kind != NodeKind::map) return;
    for (NodeIndex name = node(mapping).first_child; name != yaml::no_node;) {
      const NodeIndex value = tree_[name].next;
      override_of(name, value, std::string(node(name).value));
      name = tree_[value].next;
    }
  }

  void override_of(NodeIndex name, NodeIndex value, const std::string& word) {
    const std::string key = "override." + word;
    const bool style = word == "style";
    Severity severity = Severity::off;
    for (const Severity known : {Severity::info, Severity::warning, Severity::error})
      if (word == to_string(known)) severity = known;
    if (style) severity = Severity::info;
    if (severity == Severity::off) return remark(name, quote(key) + " is no severity of hadolint; left out");
    std::string without;
    bool carried = false;
    for_each_word(value, [&](NodeIndex, const std::string& rule) {
      if (carry(rule, severity, key + ": " + rule))
        carried = true;
      else
        without += (without.empty() ? "" : ", ") + rule;
    });
    if (style && carried) remark(name, quote(key) + " becomes info, the lowest severity here");
    say_without(name, key, without);
  }

  /// False for a rule without a counterpart. What is ignored stays so, whatever else is said of it.
  bool carry(const std::string& rule, Severity severity, const std::string& origin) {
    const auto ours = rules_for_foreign(rule);
    for (const std::string_view name : ours) {
      const auto [entry, added] = config_.rules.try_emplace(std::string(name), CarriedRule{severity, origin});
      if (!added && (severity == Severity::off || entry->second.severity != Severity::off))
        entry->second = {severity, origin};
    }
    return !ours.empty();
  }

  void trusted(NodeIndex name, NodeIndex value) {
    for_each_word(value, [&](NodeIndex at, const std::string& entry) {
      const Translated translated = translate(entry);
      for (const std::string& pattern : translated.patterns) config_.trusted.push_back({pattern, entry});
      if (!translated.remark.empty()) remark(at, quote(entry) + ": " + translated.remark);
    });
    if (!config_.trusted.empty())
      remark(name,
             "'trustedRegistries' now holds for COPY --from, mounts, # syntax and compose files too; "
             "hadolint judges fewer places");
  }

  void comments(NodeIndex name, NodeIndex value) {
    config_.comments_count = node(value).value != "true";
    if (!config_.comments_count)
      remark(name,
             "'disable-ignore-pragma' holds for hadolint's comments alone; imglint's are refused rule by "
             "rule, with 'locked: true'");
  }

  const Source& source_;
  const yaml::Tree& tree_;
  std::vector<std::string_view> keys_;  ///< those at the top
  std::size_t unknown_keys_ = 0;
  bool rules_are_list_ = false;
  HadolintConfig config_;
};

}  // namespace

Result<HadolintConfig> read_hadolint_config(const Source& source) {
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, most_config_bytes, arena);
  if (parsed.trouble) {
    const Position place = source.position(parsed.trouble->span.begin);
    return Error{.message = parsed.trouble->message,
                 .path = source.path(),
                 .line = place.line,
                 .column = place.column};
  }
  const yaml::Tree& tree = parsed.tree;
  const Error no_mapping{.message = "the file must be a mapping of keys", .path = source.path()};
  if (tree.documents.empty()) return HadolintConfig{.file = source.path()};
  const NodeIndex top = tree.documents.front();
  if (tree[top].kind == NodeKind::null) return HadolintConfig{.file = source.path()};
  if (tree[top].kind != NodeKind::map || tree.cycle != yaml::no_node) return no_mapping;
  return HadolintReader(source, tree).read(top);
}

}  // namespace imglint
