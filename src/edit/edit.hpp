// Edit, Fix and EditSet: the one way in which lint fixes, retarget and the editor change a file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/span.hpp"
#include "source/source.hpp"

namespace imglint {

/// Replaces the bytes of a span. An empty span inserts, an empty text deletes.
struct Edit {
  const Source* source = nullptr;
  Span span;
  std::string text;
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// safe: the same image in another spelling. unsafe: other bytes may be pulled. suggestion: shown, never
/// written.
enum class Safety { safe, unsafe, suggestion };
[[nodiscard]] std::string_view to_string(Safety safety);

/// A titled group of edits that are made together or not at all. They may lie in several files.
struct Fix {
  std::string title;
  Safety safety = Safety::safe;
  std::vector<Edit> edits;
};

/// The edits of one file, sorted and disjoint.
///
/// Adding is all or nothing. An identical edit merges, adjacent replacements are fine; an overlap, or an
/// insert that touches another edit, is refused.
class EditSet {
 public:
  explicit EditSet(const Source& source) : source_(&source) {}

  /// Adds all edits (which must be of this source), or none. Returns the edit already in the set that
  /// clashes.
  [[nodiscard]] std::optional<Edit> add(const std::vector<Edit>& edits);

  [[nodiscard]] const Source& source() const { return *source_; }
  [[nodiscard]] const std::vector<Edit>& edits() const { return edits_; }
  [[nodiscard]] bool empty() const { return edits_.empty(); }
  /// The file's bytes with the edits made: one forward copy with splices.
  [[nodiscard]] std::string apply() const;

 private:
  const Source* source_;
  std::vector<Edit> edits_;
};

}  // namespace imglint
