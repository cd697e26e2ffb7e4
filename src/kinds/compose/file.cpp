#include "kinds/compose/file.hpp"

#include <algorithm>
#include <array>

namespace imglint::compose {
namespace {

constexpr std::array<std::string_view, 9> top_level_keys = {
    "include", "models", "version", "name", "services", "networks", "volumes", "configs", "secrets"};

bool has_key(const std::vector<Entry>& entries, std::string_view key) {
  return std::ranges::any_of(entries, [&](const Entry& entry) { return entry.key == key; });
}

/// compose.md 2.1, "Version 1". GitHub workflows look the same, but for their keys `on` and `jobs`.
bool is_version_1(View& view, const std::vector<Entry>& entries) {
  for (const std::string_view key : {"services", "version", "include", "name"})
    if (has_key(entries, key)) return false;
  if (has_key(entries, "on") && has_key(entries, "jobs")) return false;
  bool any_service = false;
  for (const Entry& entry : entries) {
    if (is_extension(entry.key)) continue;
    if (!view.is(entry.value, NodeKind::map) || view.find(entry.value, "script")) return false;  // GitLab's
    any_service = any_service || view.is(view.find(entry.value, "image"), NodeKind::scalar) ||
                  view.find(entry.value, "build");
  }
  return any_service;
}

/// A mapping with what only a service has.
bool is_like_service(View& view, Position value) {
  return view.find(value, "image") || view.find(value, "build");
}

/// Services in a list, or beside an empty `services`, or a word in their place. Other programs have a key of
/// that name, too: keys stand beside it that compose does not know, and their lists hold other things.
bool is_malformed(View& view, const std::vector<Entry>& entries, Position services) {
  const bool is_all_known = std::ranges::all_of(entries, is_top_level_key, &Entry::key);
  if (is_all_known && (view.is(services, NodeKind::scalar) || view.is(services, NodeKind::sequence)))
    return true;
  if (view.is(services, NodeKind::sequence))
    return std::ranges::any_of(view.items(services),
                               [&](const Position item) { return is_like_service(view, item); });
  return view.is(services, NodeKind::null) && std::ranges::any_of(entries, [&](const Entry& entry) {
           return !is_extension(entry.key) &&
                  std::ranges::find(top_level_keys, entry.key) == top_level_keys.end() &&
                  is_like_service(view, entry.value);
         });
}

Form form_of(View& view, Position top) {
  if (!view.is(top, NodeKind::map)) return Form::empty;
  const std::vector<Entry> entries = view.entries(top);
  const auto services = std::ranges::find(entries, "services", &Entry::key);
  if (services != entries.end() && view.is(services->value, NodeKind::map)) return Form::services;
  if (services != entries.end() && is_malformed(view, entries, services->value)) return Form::malformed;
  if (is_version_1(view, entries)) return Form::version_1;
  const bool only_known_keys = std::ranges::all_of(entries, is_top_level_key, &Entry::key);
  const bool usable = services == entries.end() || view.is(services->value, NodeKind::null);
  return only_known_keys && usable && !entries.empty() ? Form::services : Form::none;
}

/// The service of the same file that a part extends: `extends: base` or `extends: {service: base}`.
std::string_view extended_service(View& view, Position part) {
  const Position extends = view.find(part, "extends");
  if (const std::string_view name = view.text(extends); !name.empty()) return name;
  return view.find(extends, "file") ? std::string_view{} : view.text(view.find(extends, "service"));
}

bool has_build(View& view, const ServiceNode& service) {
  return std::ranges::any_of(service.parts, [&](const ServiceNode::Part& part) {
    const Position build = view.find(part.map, "build");
    return build && !view.is(build, NodeKind::null);
  });
}

/// Follows `extends` until a build, or the end, or a service seen before, for each service once.
void spread_builds(std::vector<ServiceNode>& services) {
  enum class State : std::uint8_t { open, pending, done };
  std::vector<State> states(services.size(), State::open);
  std::vector<std::size_t> chain;
  for (std::size_t start = 0; start < services.size(); ++start) {
    chain.clear();
    std::size_t at = start;
    while (states[at] == State::open) {
      states[at] = State::pending;
      chain.push_back(at);
      if (services[at].built || services[at].resets_build || services[at].extends < 0) break;
      at = static_cast<std::size_t>(services[at].extends);
    }
    const bool built = services[at].built && (states[at] == State::done || at == chain.back());
    for (const std::size_t member : chain) {
      services[member].built = services[member].built || built;
      states[member] = State::done;
    }
  }
}

}  // namespace

bool is_top_level_key(std::string_view key) {
  return is_extension(key) || std::ranges::find(top_level_keys, key) != top_level_keys.end();
}

ComposeFile::ComposeFile(const Tree& tree) : view(tree) {
  for (std::size_t index = 0; index < tree.documents.size(); ++index) {
    const Position top = view.top(index);
    documents.push_back({top, form_of(view, top)});
  }
  collect_services();
  for (ServiceNode& service : services) {
    service.built = has_build(view, service);
    for (const ServiceNode::Part& part : service.parts) {
      service.resets_build = service.resets_build || view.is_reset(part.map, "build");
      if (const std::string_view base = extended_service(view, part.map); !base.empty())
        service.extends = find_service(base);
    }
  }
  spread_builds(services);
}

void ComposeFile::collect_services() {
  for (std::size_t index = 0; index < documents.size(); ++index) {
    for (const Entry& entry : service_entries(documents[index])) {
      const auto number = static_cast<std::int32_t>(services.size());
      const auto [found, is_new] = numbers_.emplace(entry.key, number);
      if (is_new) services.push_back({.name = entry.key, .key_node = entry.key_node, .parts = {}});
      services[static_cast<std::size_t>(found->second)].parts.push_back({index, entry.value});
    }
  }
}

bool ComposeFile::is_compose() const {
  return std::ranges::any_of(documents, [](const ComposeDocument& document) {
    return document.form == Form::services || document.form == Form::version_1 ||
           document.form == Form::malformed;
  });
}

bool ComposeFile::is_version_1() const {
  return std::ranges::any_of(documents,
                             [](const auto& document) { return document.form == Form::version_1; });
}

std::int32_t ComposeFile::find_service(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? -1 : found->second;
}

std::vector<Entry> ComposeFile::service_entries(const ComposeDocument& document) {
  if (document.form != Form::services && document.form != Form::version_1) return {};
  const bool is_old = document.form == Form::version_1;
  auto entries = view.entries(is_old ? document.top : view.find(document.top, "services"));
  std::erase_if(entries, [&](const Entry& entry) {
    return !view.is(entry.value, NodeKind::map) || (is_old && is_extension(entry.key));
  });
  return entries;
}

}  // namespace imglint::compose
