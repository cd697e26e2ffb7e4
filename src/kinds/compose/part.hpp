// What the project that a compose file is read in says of it (src/project/compose): which of its values count
// there, and what the services are that they reach.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/document.hpp"
#include "model/read_options.hpp"
#include "tree/tree.hpp"
#include "yaml/events.hpp"

namespace imglint {

/// A service of a project, as far as its files ask.
struct PartService {
  std::string_view name;
  std::unique_ptr<const Build> build = {};  ///< without owner; null if it is not built
  bool runs_model = false;                  ///< its provider is one of models
};

/// The scalars of a file that count in a project, with the services that they reach.
class EffectiveScalars {
 public:
  static constexpr std::uint32_t no_service = 0xFFFFFFFF;

  void add(yaml::NodeIndex scalar, std::uint32_t service = no_service) {
    marks_.emplace_back(scalar, service);
  }
  /// After the last add(), before the first question.
  void sort();
  [[nodiscard]] bool contains(yaml::NodeIndex scalar) const;
  /// Numbers of the services, in order.
  [[nodiscard]] std::vector<std::uint32_t> services_of(yaml::NodeIndex scalar) const;

 private:
  using Mark = std::pair<yaml::NodeIndex, std::uint32_t>;
  std::vector<Mark> marks_;
};

struct ComposePart {
  const yaml::Parsed* parsed = nullptr;           ///< the file
  const std::vector<Trouble>* refused = nullptr;  ///< why docker compose does not take it
  /// Read only for services that others extend, so it need not be right as a whole.
  bool is_base = false;
  const std::vector<PartService>* services = nullptr;  ///< of the project, put together
  const std::unordered_map<std::string_view, std::uint32_t>* numbers = nullptr;  ///< of the services, by name
  std::shared_ptr<const BuiltNames> built;  ///< names of what the project builds; null if there is none
  const EffectiveScalars* effective = nullptr;
  /// Where values begin that are nothing, but are put over others.
  const std::unordered_set<std::uint32_t>* harmless = nullptr;
};

}  // namespace imglint
