#include "output/pages/first_config.hpp"

#include <algorithm>

#include "base/counted.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "check/baseline.hpp"
#include "output/yaml_word.hpp"
#include "policy/pattern.hpp"

namespace imglint {
namespace {

/// How many accounts are named in a comment.
constexpr std::size_t most_named = 4;
/// More findings of one rule than this are not mended in an afternoon.
constexpr std::size_t few_findings = 10;

/// What allows all of a registry. A lone word may be a name of Docker Hub, with a tag.
std::string pattern_of(const std::string& registry) {
  const Result<Pattern> alone = Pattern::parse(registry);
  const bool is_host = alone && !alone->has_suffix() && alone->host() == registry_key(registry);
  return is_host && alone->path() == "**" ? registry : registry + "/**";
}

class FirstConfigWriter {
 public:
  FirstConfigWriter(const std::map<std::string, RegistryUse>& registries,
                    const std::map<std::string_view, RuleUse>& rules,
                    const std::optional<HadolintConfig>& hadolint)
      : registries_(registries), rules_(rules), hadolint_(hadolint) {}

  FirstConfig write(std::size_t foreign_comments, std::optional<std::size_t> hidden) && {
    line("# Image references of this repository. Keys: imglint config --keys");
    line("# What holds for a file, and why: imglint config FILE");
    line();
    line("preset: recommended  # or strict");
    if (hidden) write_baseline(*hidden);
    line();
    write_registries();
    write_rules();
    if (hadolint_)
      write_hadolint();
    else if (foreign_comments > 0)
      write_compat(foreign_comments);
    return std::move(result_);
  }

 private:
  struct Entry {
    std::string pattern;  ///< or a line
    std::string comment;
  };

  void line(const std::string& text = {}) { result_.text += text + '\n'; }

  void write_baseline(std::size_t hidden) {
    line("baseline: " + std::string(default_baseline) + "  # hides " + counted(hidden, "finding") +
         " of today");
  }

  void write_registries() {
    const std::vector<Entry> trusted = trusted_entries();
    const std::vector<Entry> used = used_entries();
    std::vector<std::string> suspicious;
    for (const auto& [registry, use] : registries_)
      if (!use.suspicion.empty()) suspicious.push_back(registry + ": " + use.suspicion);
    if (trusted.empty() && used.empty()) {
      line("# No registry is in use yet; where images may come from:");
      line("# registries:");
      line("#   allow: [\"docker.io/library/*\", \"ghcr.io/acme/**\"]");
    } else {
      line("registries:");
      line("  # Anything else is an error. Narrower is safer: docker.io/library/* are the official images,");
      line("  # ghcr.io/acme/** is all of one account.");
      line("  allow:");
      write_entries(trusted, used);
    }
    for (const std::string& text : suspicious) {
      line("    # left out: " + printable(text));
      result_.remarks.push_back({.message = "left out: " + printable(text)});
    }
  }

  void write_entries(const std::vector<Entry>& trusted, const std::vector<Entry>& used) {
    if (!trusted.empty()) line("    # trustedRegistries of " + printable(hadolint_->file) + ":");
    write_aligned(trusted);
    if (used.empty()) return;
    if (!trusted.empty()) line("    # in use, though not trusted there; take out what should be reported:");
    write_aligned(used);
  }

  void write_aligned(const std::vector<Entry>& entries) {
    std::vector<Entry> lines;
    for (const Entry& entry : entries) lines.push_back({"    - " + yaml_word(entry.pattern), entry.comment});
    write_lines(lines);
  }

  /// Comments stand below each other.
  void write_lines(const std::vector<Entry>& lines) {
    std::size_t width = 0;
    for (const Entry& entry : lines) width = std::max(width, entry.pattern.size());
    for (const Entry& entry : lines) {
      const std::string gap(width - entry.pattern.size(), ' ');
      line(entry.pattern + (entry.comment.empty() ? "" : gap + "  # " + entry.comment));
    }
  }

  [[nodiscard]] std::vector<Entry> trusted_entries() const {
    std::vector<Entry> entries;
    if (!hadolint_) return entries;
    for (const TrustedRegistry& trusted : hadolint_->trusted) {
      const auto same = [&](const Entry& entry) { return entry.pattern == trusted.pattern; };
      if (std::none_of(entries.begin(), entries.end(), same))
        entries.push_back(
            {trusted.pattern, trusted.entry == trusted.pattern ? "" : printable(trusted.entry)});
    }
    return entries;
  }

  [[nodiscard]] bool is_trusted(const std::string& registry, const RegistryUse& use) const {
    if (!hadolint_) return false;
    const auto covers = [&](const std::string& repository) {
      return std::any_of(hadolint_->trusted.begin(), hadolint_->trusted.end(),
                         [&](const TrustedRegistry& trusted) {
                           const Result<Pattern> pattern = Pattern::parse(trusted.pattern);
                           return pattern && pattern->matches({registry_key(registry), repository, {}, {}});
                         });
    };
    // A name of which only the registry is known may be any of it.
    return use.repositories.empty() ? covers("x/y")
                                    : std::all_of(use.repositories.begin(), use.repositories.end(), covers);
  }

  std::vector<Entry> used_entries() {
    std::vector<Entry> entries;
    for (const auto& [registry, use] : registries_) {
      if (!use.suspicion.empty() || is_trusted(registry, use)) continue;
      entries.push_back({pattern_of(registry), comment_of(use)});
      if (hadolint_ && !hadolint_->trusted.empty())
        result_.remarks.push_back(
            {.message = quote(registry) + " is in use but not among trustedRegistries of " +
                        printable(hadolint_->file) + "; it is allowed, take it out to have it reported"});
    }
    return entries;
  }

  /// `12 references: acme, library`.
  static std::string comment_of(const RegistryUse& use) {
    std::string text = std::to_string(use.references) + (use.references == 1 ? " reference" : " references");
    std::size_t named = 0;
    for (const std::string& account : use.accounts) {
      if (account.empty()) continue;
      if (named == most_named) return text + ", …";
      text += (named++ == 0 ? ": " : ", ") + printable(account);
    }
    return text;
  }

  void write_compat(std::size_t comments) {
    line();
    line("compat: true  # " + std::to_string(comments) + (comments == 1 ? " comment" : " comments") +
         " for other linters count here too");
  }

  /// What is an error today shall not be called less: written out, it would become that.
  static Severity severity_of(const RuleUse& use) {
    return use.errors == use.findings ? Severity::error : use.severity;
  }

  /// Of a rule of which only some findings are errors no one severity is right.
  static std::string errors_among(const RuleUse& use) {
    if (use.errors == 0 || severity_of(use) == Severity::error) return {};
    return ", of which " + std::to_string(use.errors) + (use.errors == 1 ? " is an error" : " are errors");
  }

  /// Severities that hadolint's file gives, then those that today's findings suggest.
  void write_rules() {
    std::vector<Entry> taken, lowered, kept;
    if (hadolint_)
      for (const auto& [name, rule] : hadolint_->rules)
        taken.push_back({"  " + name + ": " + std::string(to_string(rule.severity)), printable(rule.origin)});
    for (const auto& [name, use] : rules_) {
      if (hadolint_ && hadolint_->rules.contains(std::string(name))) continue;
      const std::string count = std::to_string(use.findings) + (use.findings == 1 ? " finding" : " findings");
      if (use.errors == 0 && use.findings > few_findings)
        lowered.push_back({"  " + std::string(name) + ": info", count});
      else
        kept.push_back({"  # " + std::string(name) + ": " + std::string(to_string(severity_of(use))),
                        count + errors_among(use)});
    }
    if (taken.empty() && lowered.empty() && kept.empty()) return;
    line();
    line(taken.empty() && lowered.empty() ? "# rules:" : "rules:");
    if (!taken.empty()) line("  # From " + printable(hadolint_->file) + ":");
    write_lines(taken);
    if (!lowered.empty())
      line("  # Found often today: no failure until they are mended. Delete the line then.");
    write_lines(lowered);
    if (!lowered.empty()) tell_what_is_lowered(lowered.size());
    if (!kept.empty()) line("  # Found today, and left as they are:");
    write_lines(kept);
  }

  /// A severity holds for all findings: those of tomorrow pass, too.
  void tell_what_is_lowered(std::size_t rules) {
    result_.remarks.push_back(
        {.message = counted(rules, "rule") + " that " + (rules == 1 ? "finds" : "find") + " much today " +
                    (rules == 1 ? "becomes" : "become") + " info, for new findings as well",
         .hint = "to have new ones fail, 'imglint check --write-baseline' and then 'imglint init --force'"});
  }

  void write_hadolint() {
    const std::string file = printable(hadolint_->file);
    line();
    line(hadolint_->comments_count ? "compat: true  # '# hadolint ignore=' comments count as before"
                                   : "compat: false  # disable-ignore-pragma: true");
    std::vector<Entry> keys;
    for (const auto& [name, key] : hadolint_->keys)
      keys.push_back({name + ": " + key.value, printable(key.origin)});
    write_lines(keys);
    if (hadolint_->remarks.empty()) return;
    line();
    line("# What else " + file + " says:");
    for (const Error& remark : hadolint_->remarks)
      line("# line " + std::to_string(remark.line) + ": " + remark.message);
    result_.remarks.insert(result_.remarks.begin(), hadolint_->remarks.begin(), hadolint_->remarks.end());
  }

  const std::map<std::string, RegistryUse>& registries_;
  const std::map<std::string_view, RuleUse>& rules_;
  const std::optional<HadolintConfig>& hadolint_;
  FirstConfig result_;
};

}  // namespace

FirstConfig first_config(const std::map<std::string, RegistryUse>& registries,
                         const std::map<std::string_view, RuleUse>& rules, std::size_t foreign_comments,
                         const std::optional<HadolintConfig>& hadolint, std::optional<std::size_t> hidden) {
  return FirstConfigWriter(registries, rules, hadolint).write(foreign_comments, hidden);
}

}  // namespace imglint
