// Scalars of a compose file with their bytes and their interpolated values.
#pragma once

#include <string>
#include <string_view>

#include "expansion/template.hpp"
#include "kinds/compose/file.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"
#include "yaml/scalar.hpp"

namespace imglint::compose {

/// A name as docker compose makes it one of a project: small letters, digits, `-` and `_`, none of these two
/// at the front. Empty if nothing is left.
[[nodiscard]] std::string project_name_of(std::string_view name);

/// A scalar, found and interpolated.
struct ScalarValue {
  yaml::ScalarPlace place;
  Interpolation interpolation;
};

/// What scalars are interpolated with: options, then the .env file, then the project's name
/// (docs/spec/compose.md 2.5).
class Values {
 public:
  Values(ComposeFile& file, const ReadOptions& options, Document& document);

  [[nodiscard]] const TemplateValues& templates() const { return templates_; }
  /// Notes a trouble, perhaps for the second time, where the value is too long.
  [[nodiscard]] ScalarValue read(NodeIndex scalar) const;
  /// The interpolated text of a scalar; empty for everything else and where there is a fault.
  [[nodiscard]] MappedText text(Position at) const;
  /// The same with the variables that it was made of. Where required ones have no value it is not empty: what
  /// stands around them is there.
  [[nodiscard]] Value value(Position at) const;

 private:
  [[nodiscard]] MappedText empty_text(Position at) const;

  const ComposeFile& file_;
  Document& document_;
  TemplateValues templates_;
  mutable ExpansionBudget budget_;
};

}  // namespace imglint::compose
