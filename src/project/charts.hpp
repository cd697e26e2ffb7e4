// Helm charts around a file: whether it is a template of one, and what the chart says of its values.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kinds/kind.hpp"
#include "model/chart_facts.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// A YAML file in `templates` of a folder with a Chart.yaml, or of a chart in `charts` of one.
[[nodiscard]] bool is_chart_template(FileSystem& files, std::string_view path);
/// A YAML file in `ci` right below a folder with a Chart.yaml: values to test the chart with.
[[nodiscard]] bool is_chart_test(FileSystem& files, std::string_view path);

/// A file of values for the chart that the options name. Where it may have prefixes
/// (Document::may_be_prefixes) the chart's templates are read, until they say of each what it is.
[[nodiscard]] std::unique_ptr<Document> read_chart_values(FileSystem& files, const Source& source,
                                                          const ReadOptions& options, const KindInfo& kind);

/// The chart that files of a folder belong to, and where it was looked for.
struct ChartSearch {
  const ChartFacts* chart = nullptr;  ///< of the nearest Chart.yaml upwards; null if there is none
  /// Every Chart.yaml that would be the one if it were there, that of the chart among them.
  std::vector<std::string> asked = {};
};

/// What says beside itself how a file of values is read, there or not: files, and with a `/` at the end
/// folders of which all counts that is in them.
[[nodiscard]] std::vector<std::string> read_with_values(const ChartSearch& search, const Document& values);

/// The charts that files belong to, each read once. For one thread.
class Charts {
 public:
  explicit Charts(FileSystem& files) : files_(files) {}
  /// Not beyond the file's own tree. Valid as long as this is.
  [[nodiscard]] const ChartSearch& of(const std::string& path);

 private:
  [[nodiscard]] const ChartFacts* of_folder(const std::string& folder, std::string_view top);

  FileSystem& files_;
  std::map<std::string, std::unique_ptr<ChartFacts>, std::less<>> by_folder_;
  std::map<std::string, ChartSearch, std::less<>> searches_;  ///< by the folders of the files
};

}  // namespace imglint
