// Places that several projects read, where one builds the image and another pulls it: what is right for the
// one may be wrong for the other (docs/spec/retarget.md 6.7).
#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "check/project_labels.hpp"
#include "model/document.hpp"
#include "model/finding.hpp"
#include "rules/rule.hpp"

namespace imglint {

class DividedPlaces {
 public:
  /// `files` are the readings of all files of a run.
  explicit DividedPlaces(std::span<const CheckedDocument> files);

  /// Takes away fixes that change such a place, unless the same is found and asked for in every reading of
  /// it, and says so. `judged_in` are the documents of the first findings.
  void withhold_fixes(std::span<Finding> findings, std::span<const Document* const> judged_in,
                      const ProjectLabels& labels) const;

 private:
  struct Readings {
    std::vector<std::pair<const Document*, const ImageUse*>> building, pulling;
  };

  /// The readings of a place that one of the edits changes; null if none is divided.
  [[nodiscard]] const Readings* changed_by(const Fix& fix) const;

  std::map<std::pair<const Source*, std::uint32_t>, Readings> places_;  ///< by where the use begins
  std::map<const Source*, std::vector<const Readings*>> made_of_;  ///< by the texts that uses are made of
};

}  // namespace imglint
