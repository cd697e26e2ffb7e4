// What a chart says of its values files, read from its Chart.yaml.
#pragma once

#include <string>
#include <vector>

namespace imglint {

struct ChartFacts {
  std::string app_version;                ///< the tag where a values file has an empty one; empty if unknown
  std::vector<std::string> dependencies;  ///< names and aliases: keys below which it says nothing
  std::string folder;                     ///< where its Chart.yaml is, without symbolic links
};

}  // namespace imglint
