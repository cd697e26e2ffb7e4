#include "kinds/compose/services.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "yaml/scalar.hpp"

namespace imglint::compose {
namespace {

/// Longer chains of `extends` are not followed: each link is looked at for each service.
constexpr int most_links = 64;

/// The builds that make up a service's, the ones that win first: later documents, then what it extends.
std::vector<Position> builds_of(ComposeFile& file, const ServiceNode& service) {
  std::vector<Position> builds;
  const ServiceNode* at = &service;
  for (int links = 0; links < most_links; ++links) {
    for (auto part = at->parts.rbegin(); part != at->parts.rend(); ++part)
      if (const Position build = file.view.find(part->map, "build")) builds.push_back(build);
    if (at->extends < 0 || at->resets_build) break;
    at = &file.services[static_cast<std::size_t>(at->extends)];
  }
  return builds;
}

class ServiceReader {
 public:
  ServiceReader(ComposeFile& file, const Values& values, Document& document)
      : file_(file), view_(file.view), values_(values), document_(document) {}

  Service read(const ServiceNode& node) {
    Service service{.name = node.name, .built = node.built};
    const Node& key = view_.tree()[node.key_node];
    if (key.kind == NodeKind::scalar) service.name_span = yaml::locate_token(*document_.source, key).content;
    for (auto part = node.parts.rbegin(); part != node.parts.rend() && service.pull_policy.empty(); ++part)
      service.pull_policy = values_.text(view_.find(part->map, "pull_policy")).text();
    if (!node.built) return service;
    args_.clear();
    contexts_.clear();
    for (const Position build : builds_of(file_, node)) {
      ++build_;
      add_build(build, service);
    }
    if (service.context.empty()) service.context = ".";
    return service;
  }

 private:
  void add_build(Position build, Service& service) {
    if (view_.is(build, NodeKind::scalar)) return take(service.context, build);
    for (const Entry& entry : view_.entries(build)) {
      if (entry.key == "context") {
        take(service.context, entry.value);
      } else if (entry.key == "dockerfile") {
        take(service.dockerfile, entry.value);
      } else if (entry.key == "target") {
        if (service.target.empty()) service.target_text = values_.text(entry.value);
        service.target = service.target_text.text();
      } else if (entry.key == "dockerfile_inline") {
        service.inlined = true;
      } else if (entry.key == "args") {
        add_args(entry.value, service);
      } else if (entry.key == "additional_contexts") {
        add_contexts(entry.value, service);
      }
    }
  }

  void take(std::string_view& field, Position value) {
    if (field.empty()) field = values_.text(value).text();
  }

  /// `NAME: value` or `NAME=value`.
  void add_args(Position args, Service& service) {
    for (const Entry& entry : view_.entries(args))
      add_arg(service, {.name = entry.key,
                        .has_value = view_.is(entry.value, NodeKind::scalar),
                        .value = values_.text(entry.value)});
    for (const Position item : view_.items(args)) {
      const MappedText text = values_.text(item);
      const auto size = static_cast<std::uint32_t>(text.text().size());
      const auto equals = std::min<std::size_t>(text.text().find('='), size);
      if (equals == 0) continue;
      Service::BuildArg arg{.name = text.text().substr(0, equals), .has_value = equals < size};
      if (arg.has_value) arg.value = behind(text, static_cast<std::uint32_t>(equals + 1));
      add_arg(service, arg);
    }
  }

  /// The rest of a text. An empty one keeps its place.
  [[nodiscard]] MappedText behind(const MappedText& text, std::uint32_t begin) const {
    const MappedText rest =
        text.sub({begin, static_cast<std::uint32_t>(text.text().size())}, document_.arena);
    const auto place = rest.empty() && rest.pieces().empty() ? text.source_of({begin, begin}) : std::nullopt;
    if (!place) return rest;
    const Piece piece{.source = place->source, .span = place->span};
    return {{}, document_.arena.copy(std::span<const Piece>(&piece, 1))};
  }

  /// What a build that wins has given stays; within one build the last one counts.
  void add_arg(Service& service, const Service::BuildArg& arg) {
    const auto [found, is_new] = args_.emplace(arg.name, Given{service.args.size(), build_});
    if (is_new)
      service.args.push_back(arg);
    else if (found->second.build == build_)
      service.args[found->second.index] = arg;
  }

  void add_contexts(Position contexts, Service& service) {
    const auto add = [&](std::string_view name) {
      if (contexts_.insert(name).second) service.contexts.push_back(name);
    };
    for (const Entry& entry : view_.entries(contexts)) add(entry.key);
    for (const Position item : view_.items(contexts)) {
      const std::string_view text = values_.text(item).text();
      if (const auto equals = text.find('='); equals != std::string_view::npos) add(text.substr(0, equals));
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
  std::size_t build_ = 0;
  std::unordered_map<std::string_view, Given> args_;
  std::unordered_set<std::string_view> contexts_;
};

}  // namespace

void add_services(ComposeFile& file, const Values& values, Document& document) {
  ServiceReader reader(file, values, document);
  for (const ServiceNode& node : file.services) document.services.push_back(reader.read(node));
}

}  // namespace imglint::compose
