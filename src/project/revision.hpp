// Revision: one file after several rounds of edits, still told in edits of the bytes on disk.
#pragma once

#include <string>
#include <vector>

#include "edit/edit.hpp"

namespace imglint {

class Revision {
 public:
  explicit Revision(const Source& original);

  /// Makes edits of the text as it is now; their source holds exactly bytes().
  void apply(const EditSet& edits);

  /// The text as it is now.
  [[nodiscard]] std::string bytes() const;
  /// What turns the original into bytes().
  [[nodiscard]] EditSet edits() const;
  [[nodiscard]] const Source& original() const { return *original_; }

 private:
  /// A stretch of the original, or new text where the span is empty.
  struct Stretch {
    Span span;
    std::string text;
    [[nodiscard]] std::uint32_t size() const {
      return span.empty() ? static_cast<std::uint32_t>(text.size()) : span.size();
    }
  };
  void append(std::vector<Stretch>& to, const Stretch& stretch, std::uint32_t begin, std::uint32_t end) const;

  const Source* original_;
  std::vector<Stretch> stretches_;
};

}  // namespace imglint
