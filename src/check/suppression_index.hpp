// SuppressionIndex: which places of a file its comments silence for which rule, and which comments did.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "check/statement_lines.hpp"
#include "kinds/suppression.hpp"
#include "policy/policy.hpp"

namespace imglint {

/// One suppression and one rule that it names, with what came of it.
struct SuppressedRule {
  /// Where a comment stands that is about nothing.
  enum class Misplaced : std::uint8_t {
    no,
    shared,  ///< above one of several owners that take an image from elsewhere
    above,   ///< above a line without images, below which some are
  };
  const Suppression* suppression = nullptr;
  std::uint32_t rule = 0;  ///< index into its rules
  bool used = false;       ///< it silenced something
  bool refused = false;    ///< it would have, but the rule is locked
  bool idle = false;       ///< never counts: over, faulty, of another linter without compat
  bool is_for_run = true;  ///< false: nobody of the run uses what it is about
  Misplaced misplaced = Misplaced::no;
  std::uint32_t reported = 0;  ///< of a misplaced one: offset of a finding that it may be meant for

  [[nodiscard]] const Suppression::Rule& written() const { return suppression->rules[rule]; }
};

/// Of one file. Borrows what it is given. Not for several threads.
class SuppressionIndex {
 public:
  /// `read_lines`: of a file of values, the lines that the run takes text from; null: it reads all.
  SuppressionIndex(const Document& document, const Policy& policy,
                   const std::set<std::uint32_t>* read_lines = nullptr);
  SuppressionIndex(const SuppressionIndex&) = delete;
  SuppressionIndex& operator=(const SuppressionIndex&) = delete;

  /// Whether a comment silences a rule at a place of this file, which is marked as used then, or as refused
  /// if the rule is locked.
  [[nodiscard]] bool silences(std::string_view rule, Span place);
  /// Whether comments silence a rule at a place that is written outside of all owners, above each owner that
  /// takes it from there by an alias or a merge. Those above some of them are told that this is not enough.
  [[nodiscard]] bool silences_for_users(std::string_view rule, Span place);
  /// Tells comments of a finding that is left, if they are about a line and it stands below that.
  void tell_left(std::string_view rule, Span place);
  /// The comment that would silence a rule at a place if its day were not over; null if there is none.
  [[nodiscard]] const Suppression* ended_at(std::string_view rule, Span place);
  /// The comment for another linter that would silence a rule at a place if the configuration had `compat`;
  /// null if there is none, or if the configuration says that such comments are nothing.
  [[nodiscard]] const Suppression* unheard_at(std::string_view rule, Span place);

  [[nodiscard]] const Document& document() const { return *document_; }
  [[nodiscard]] const Policy& policy() const { return *policy_; }
  [[nodiscard]] std::span<const Suppression> suppressions() const { return suppressions_; }
  [[nodiscard]] std::span<const SuppressedRule> rules() const { return rules_; }

 private:
  using Indices = std::vector<std::size_t>;
  /// Comments that cover the same. There may be as many as findings: they are marked once.
  struct Group {
    Indices indices;
    bool used = false;  ///< all of them are marked so
    bool refused = false;
  };
  using Lines = std::map<std::uint32_t, Group>;  ///< by the line that is silenced
  /// What a comment covers that stands for more than a line. Ranges lie apart or inside of each other.
  struct Range {
    Span span;
    std::size_t index = 0;
    std::int32_t around = -1;  ///< index of the smallest range before it that holds it
    std::int32_t behind = -1;  ///< of the first around it that ends elsewhere
    bool used = false;         ///< it is marked so, and all around it
    bool refused = false;
  };
  /// What is known about one of our rules.
  struct Entry {
    Group file;
    std::vector<Range> ranges;  ///< by where they begin
    Lines lines;
    Lines inlined_lines;  ///< those of comments of a dockerfile_inline
  };

  using Entries = std::map<std::string_view, Entry>;  ///< by our rule; `*` are all

  void add(const Suppression& suppression, std::uint32_t rule, std::string_view our_rule);
  void add_all_of(const Suppression& suppression);
  static void add_range(Entry& entry, Span span, std::size_t index);
  void add_line(Entry& entry, const Suppression& suppression, std::size_t index);
  [[nodiscard]] bool is_heard(const Suppression& suppression) const;
  [[nodiscard]] bool would_count(const Suppression& suppression);
  [[nodiscard]] bool has_ended(const Suppression& suppression) const;
  [[nodiscard]] bool is_for_run(const Suppression& suppression);
  [[nodiscard]] bool is_about_overridden(const Suppression& suppression);
  [[nodiscard]] bool stands_on_top(const Comment& comment);
  [[nodiscard]] bool is_directive(const Comment& comment) const;
  [[nodiscard]] std::uint32_t silenced_line(const Suppression& suppression);
  [[nodiscard]] Span stage_after(const Suppression& suppression) const;
  [[nodiscard]] Span stage_of_hadolint(const Suppression& suppression) const;
  [[nodiscard]] Span stage_range(std::size_t stage, bool nested) const;
  [[nodiscard]] Span owner_at(std::uint32_t line);
  [[nodiscard]] Span begun_at(const Suppression& suppression, std::uint32_t line);
  [[nodiscard]] static std::int32_t range_at(const Entry& entry, std::uint32_t offset);
  [[nodiscard]] std::vector<Group*> lines_at(Entry& entry, Span place);
  [[nodiscard]] bool is_about_itself(const Group& comments, Span place) const;
  [[nodiscard]] static std::vector<Entry*> entries_for(Entries& entries, std::string_view rule);
  void mark(Group& comments, bool locked);
  void mark_ranges(Entry& entry, std::int32_t at, std::uint32_t offset, bool locked);
  [[nodiscard]] Span below(const Suppression& suppression, std::uint32_t line);
  [[nodiscard]] Span rest_of_stage(std::uint32_t begin) const;
  [[nodiscard]] const ImageUse* use_around(Span place) const;
  [[nodiscard]] const Suppression* nearest_of(Entries& entries, std::string_view rule, Span place);

  const Document* document_;
  const Policy* policy_;
  const std::set<std::uint32_t>* read_lines_;
  StatementLines lines_;
  std::vector<Suppression> suppressions_;
  std::vector<SuppressedRule> rules_;
  Entries entries_;
  Entries ended_;                                ///< of comments whose day is over
  Entries unheard_;                              ///< of comments for other linters, without compat
  Entries above_;                                ///< what stands below comments about a line without images
  std::pair<std::uint32_t, Span> below_;         ///< the last that was asked for, by its first line
  std::map<std::uint32_t, std::size_t> owners_;  ///< by the line they begin on; made when first asked for
};

}  // namespace imglint
