#include "kinds/compose/services.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "expansion/given_place.hpp"
#include "kinds/compose/printed.hpp"
#include "yaml/scalar.hpp"

namespace imglint::compose {
namespace {

/// Longer chains of `extends` are not followed: each link is looked at for each service.
constexpr int most_links = 64;

/// All services of a file may inherit this many keys together, as many as nodes by aliases: each that extends
/// another has lists of its own.
constexpr std::size_t most_inherited = 100'000;

class ServiceReader {
 public:
  ServiceReader(ComposeFile& file, const Values& values, Document& document)
      : file_(file), view_(file.view), values_(values), document_(document) {}

  void read(const ServiceNode& node) {
    Owner owner{.label = "service", .name = node.name};
    const Node& key = view_.tree()[node.key_node];
    if (key.kind == NodeKind::scalar) owner.name_span = yaml::locate_token(document_.parsed(), key).content;
    owner.span = owner.name_span;
    if (node.built) {
      owner.build = static_cast<std::int32_t>(document_.builds.size());
      document_.builds.push_back(read_build(node, owner.name_span));
    }
    document_.owners.push_back(owner);
  }

 private:
  Build read_build(const ServiceNode& node, Span name) {
    Build build{.owner = static_cast<OwnerIndex>(document_.owners.size())};
    for (auto part = node.parts.rbegin(); part != node.parts.rend() && build.pull_policy.empty(); ++part)
      build.pull_policy = values_.text(view_.find(part->map, "pull_policy")).text();
    name_ = name;
    // Tables of their own: big ones would be cleared for each small service behind them.
    args_ = {};
    contexts_ = {};
    build_ = 0;
    add_builds(node, build);
    if (build.context.empty()) build.context = ".";
    return build;
  }

  /// The builds that make up a service's, the ones that win first: later documents, then what it extends.
  void add_builds(const ServiceNode& service_node, Build& build) {
    const ServiceNode* node = &service_node;
    for (int links = 0; links < most_links; ++links) {
      inherits_ = links > 0;
      if (inherits_ && !may_inherit()) break;
      for (const Position at : builds_of(*node)) {
        ++build_;
        add_build(at, build);
      }
      if (node->extends < 0 || node->resets_build) break;
      node = &file_.services[static_cast<std::size_t>(node->extends)];
    }
  }

  /// Of the service itself, looked up once.
  const std::vector<Position>& builds_of(const ServiceNode& node) {
    const auto [found, is_new] = builds_.try_emplace(&node);
    if (!is_new) return found->second;
    for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part)
      if (const Position build = view_.find(part->map, "build")) found->second.push_back(build);
    return found->second;
  }

  /// Whether the service may take more from those that it extends; notes once where one may not.
  bool may_inherit() {
    if (inherited_ < most_inherited) return true;
    if (!complained_)
      document_.troubles.push_back(
          {.kind = Trouble::Kind::unjudged,
           .span = name_,
           .message = "cannot judge: services inherit more than 100000 keys of builds"});
    complained_ = true;
    return false;
  }

  std::vector<Entry> entries(Position map) {
    auto entries = view_.entries(map);
    if (inherits_) inherited_ += entries.size();
    return entries;
  }
  std::vector<Position> items(Position sequence) {
    auto items = view_.items(sequence);
    if (inherits_) inherited_ += items.size();
    return items;
  }

  /// An interpolated text, and what it was made of.
  struct Text : MappedText {
    std::span<const Variable> variables;
    /// Empty, if it is not known for want of required variables.
    [[nodiscard]] MappedText known() const {
      return std::ranges::any_of(variables, &Variable::is_open) ? MappedText() : MappedText(*this);
    }
  };

  /// Of a scalar, one for all services that inherit it.
  Text text(Position at) {
    if (!at) return {};
    const auto [found, is_new] = texts_.try_emplace(at.node);
    if (!is_new) return found->second;
    const Value value = values_.value(at);
    static_cast<MappedText&>(found->second) = value;
    found->second.variables = document_.arena.copy(std::span<const Variable>(value.variables));
    return found->second;
  }

  /// What the environment files give to an argument without a value.
  void take_from_environment(Build::Argument& arg, Location written) {
    const auto* given = values_.templates().find(arg.name);
    if (given == nullptr || given->too_long) return;
    MappedTextBuilder builder;
    if (given->text.pieces().empty()) builder.outside(given->text.text(), 0);
    for (const Piece& piece : given->text.pieces()) {
      const std::string_view part = given->text.text(piece.text);
      if (piece.source && piece.exact)
        builder.copy(piece.source, piece.span, part, 0);
      else
        builder.replace(piece.source, piece.span, part, 0);
    }
    const Variable variable{
        .name = arg.name, .source = given->source, .place = place_of_given(given->text), .written = written};
    arg.has_value = true;
    arg.value = builder.finish(document_.arena);
    arg.variables = document_.arena.copy(std::span<const Variable>(&variable, 1));
  }

  void add_build(Position at, Build& build) {
    if (view_.is(at, NodeKind::scalar)) return take(build.context, at);
    for (const Entry& entry : entries(at)) {
      if (entry.key == "context") {
        take(build.context, entry.value);
      } else if (entry.key == "dockerfile") {
        take(build.dockerfile, entry.value);
      } else if (entry.key == "target") {
        if (build.target.empty()) build.target_text = text(entry.value).known();
        build.target = build.target_text.text();
      } else if (entry.key == "dockerfile_inline") {
        build.inlined = true;
      } else if (entry.key == "args") {
        add_arguments(entry.value, build);
      } else if (entry.key == "additional_contexts") {
        add_contexts(entry.value, build);
      }
    }
  }

  void take(std::string_view& field, Position value) {
    if (field.empty()) field = text(value).known().text();
  }

  /// `NAME: value` or `NAME=value`.
  void add_arguments(Position args, Build& build) {
    for (const Entry& entry : entries(args)) {
      const std::size_t troubles = document_.troubles.size();
      const Text value = text(entry.value);
      // What amounts to too much is not known, which is another thing than nothing.
      const bool too_long =
          document_.troubles.size() > troubles && document_.troubles.back().kind == Trouble::Kind::unjudged;
      const bool is_given = view_.is(entry.value, NodeKind::scalar);
      Build::Argument arg{.name = entry.key,
                          .has_value = is_given && !too_long,
                          .value = is_given
                                       ? as_printed(value, view_.tree(), view_[entry.value], document_.arena)
                                       : MappedText(),
                          .variables = value.variables};
      if (!is_given) take_from_environment(arg, {});
      add_argument(build, arg);
    }
    for (const Position item : items(args))
      if (const Build::Argument& found = argument(item); !found.name.empty()) add_argument(build, found);
  }

  /// `NAME` or `NAME=value`, one for all services that inherit it; without a name if it is neither.
  const Build::Argument& argument(Position item) {
    const auto [found, is_new] = arguments_.try_emplace(item.node);
    Build::Argument& arg = found->second;
    if (!is_new) return arg;
    const Text whole = text(item);
    const auto size = static_cast<std::uint32_t>(whole.text().size());
    const auto equals = std::min<std::size_t>(whole.text().find('='), size);
    arg.name = whole.text().substr(0, equals);
    arg.has_value = equals < size;
    arg.variables = whole.variables;
    if (arg.has_value)
      arg.value = behind(whole, static_cast<std::uint32_t>(equals + 1));
    else if (!arg.name.empty())
      take_from_environment(arg, whole.place().value_or(Location{}));
    return arg;
  }

  /// The rest of a text. An empty one keeps its place.
  [[nodiscard]] MappedText behind(const MappedText& whole, std::uint32_t begin) const {
    const MappedText rest =
        whole.sub({begin, static_cast<std::uint32_t>(whole.text().size())}, document_.arena);
    const auto place = rest.empty() && rest.pieces().empty() ? whole.source_of({begin, begin}) : std::nullopt;
    if (!place) return rest;
    const Piece piece{.source = place->source, .span = place->span};
    return {{}, document_.arena.copy(std::span<const Piece>(&piece, 1))};
  }

  /// What a build that wins has given stays; within one build the last one counts.
  void add_argument(Build& build, const Build::Argument& argument) {
    const auto [found, is_new] = args_.emplace(argument.name, Given{build.arguments.size(), build_});
    if (is_new)
      build.arguments.push_back(argument);
    else if (found->second.build == build_)
      build.arguments[found->second.index] = argument;
  }

  void add_contexts(Position contexts, Build& build) {
    const auto add = [&](std::string_view name) {
      if (contexts_.insert(name).second) build.contexts.push_back(name);
    };
    for (const Entry& entry : entries(contexts)) add(entry.key);
    for (const Position item : items(contexts)) {
      const std::string_view name = text(item).text();
      if (const auto equals = name.find('='); equals != std::string_view::npos) add(name.substr(0, equals));
    }
  }

  /// An argument that is there, and which of the builds gave it.
  struct Given {
    std::size_t index = 0;
    std::size_t build = 0;
  };

  ComposeFile& file_;
  View& view_;
  const Values& values_;
  Document& document_;
  std::unordered_map<const ServiceNode*, std::vector<Position>> builds_;
  std::unordered_map<NodeIndex, Text> texts_;
  std::unordered_map<NodeIndex, Build::Argument> arguments_;  ///< of list items
  std::size_t inherited_ = 0;  ///< keys and items looked at so far for services that extend others
  bool complained_ = false;

  // Of the service at hand.
  Span name_;
  bool inherits_ = false;  ///< what is read now belongs to a service that it extends
  std::size_t build_ = 0;
  std::unordered_map<std::string_view, Given> args_;
  std::unordered_set<std::string_view> contexts_;
};

}  // namespace

void add_services(ComposeFile& file, const Values& values, Document& document) {
  ServiceReader reader(file, values, document);
  for (const ServiceNode& node : file.services) reader.read(node);
}

}  // namespace imglint::compose
