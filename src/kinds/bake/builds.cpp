#include "kinds/bake/builds.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace imglint::bake {
namespace {

using compose::Position;

/// A block of a target, and what gives values to its expressions.
struct Block {
  Position map;
  const Lookup* values = nullptr;
};

class Reader {
 public:
  Reader(Pipeline& pipeline, const ValuesOf& values_of) : pipeline_(pipeline), values_of_(values_of) {}

  void run(Position top) {
    for (const compose::Entry& entry : pipeline_.view.entries(top)) {
      for (const compose::Entry& block : pipeline_.view.entries(entry.value)) {
        if (entry.key == "target") {
          targets_[block.key].push_back(block);
          note_names(pipeline_.view.find(block.value, "inherits"), inherited_);
        } else if (entry.key == "group") {
          note_names(pipeline_.view.find(block.value, "targets"), wanted_);
        }
      }
    }
    for (const auto& [name, blocks] : targets_) {
      const bool is_only_inherited = inherited_.contains(name) && !wanted_.contains(name);
      if (!is_only_inherited || name == "default") add(name, blocks.front());
    }
  }

 private:
  using Names = std::set<std::string_view>;

  void note_names(Position list, Names& names) const {
    for (const Position item : pipeline_.view.items(list)) names.insert(pipeline_.view.text(item));
  }

  /// The blocks that make a target up, those that win first.
  void collect(std::string_view name, Names& seen, std::vector<Block>& blocks) const {
    constexpr std::size_t most_blocks = 64;
    const auto found = targets_.find(name);
    if (found == targets_.end() || blocks.size() >= most_blocks || !seen.insert(name).second) return;
    for (auto block = found->second.rbegin(); block != found->second.rend(); ++block)
      blocks.push_back({block->value, values_of_(block->value)});
    for (auto block = found->second.rbegin(); block != found->second.rend(); ++block) {
      const std::vector<Position> parents =
          pipeline_.view.items(pipeline_.view.find(block->value, "inherits"));
      for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent)
        collect(pipeline_.view.text(*parent), seen, blocks);
    }
  }

  /// The text under a key; `is_known` stays true if nobody says one.
  Pipeline::Amount text(const std::vector<Block>& blocks, std::string_view key) const {
    for (const Block& block : blocks)
      if (const Position value = pipeline_.view.find(block.map, key))
        return pipeline_.amount(value, block.values);
    return {.text = {}, .is_known = true};
  }

  void add_argument(const compose::Entry& entry, const Lookup* values, Build& build) const {
    const bool is_new = std::ranges::none_of(
        build.arguments, [&](const Build::Argument& argument) { return argument.name == entry.key; });
    if (!is_new) return;
    const Pipeline::Amount amount = pipeline_.amount(entry.value, values);
    build.arguments.push_back({.name = entry.key,
                               .has_value = amount.is_known,
                               .value = amount.is_known ? amount.text : MappedText(),
                               .variables = amount.variables});
  }

  void add(std::string_view name, const compose::Entry& first) {
    constexpr std::size_t most_arguments = 1000;
    std::vector<Block> blocks;
    Names seen;
    collect(name, seen, blocks);
    const Pipeline::Amount context = text(blocks, "context");
    const Pipeline::Amount dockerfile = text(blocks, "dockerfile");
    if (!context.is_known || !dockerfile.is_known) return;
    Document& document = pipeline_.document();
    const Span place = pipeline_.span_of({first.key_node, true});
    Build build{.owner = static_cast<OwnerIndex>(document.owners.size())};
    build.context = context.text.text().empty() ? "." : context.text.text();
    build.dockerfile = dockerfile.text.text();
    build.target_text = text(blocks, "target").text;
    build.target = build.target_text.text();
    for (const Block& block : blocks) {
      build.inlined = build.inlined || pipeline_.view.find(block.map, "dockerfile-inline");
      for (const compose::Entry& entry : pipeline_.view.entries(pipeline_.view.find(block.map, "args")))
        if (build.arguments.size() < most_arguments) add_argument(entry, block.values, build);
      for (const compose::Entry& entry : pipeline_.view.entries(pipeline_.view.find(block.map, "contexts")))
        if (std::ranges::find(build.contexts, entry.key) == build.contexts.end())
          build.contexts.push_back(entry.key);
    }
    document.owners.push_back({.label = "target",
                               .name = name,
                               .name_span = place,
                               .span = place,
                               .build = static_cast<std::int32_t>(document.builds.size())});
    document.builds.push_back(std::move(build));
  }

  Pipeline& pipeline_;
  const ValuesOf& values_of_;
  std::map<std::string_view, std::vector<compose::Entry>> targets_;
  Names inherited_;
  Names wanted_;
};

}  // namespace

void add_builds(Pipeline& pipeline, Position top, const ValuesOf& values_of) {
  Reader(pipeline, values_of).run(top);
}

}  // namespace imglint::bake
