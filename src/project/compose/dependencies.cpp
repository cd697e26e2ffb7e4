// What services need of each other: those that they name must be there, and nobody may wait for itself
// (docs/spec/projects.md 9).
#include <algorithm>

#include "base/quote.hpp"
#include "project/compose/assembler.hpp"

namespace imglint::assembly {
namespace {

struct Dependency {
  std::string_view name;
  const Item* at;  ///< where it is named
  bool is_required;
};

/// Whatever the key: docker compose makes all of them `depends_on`.
std::vector<Dependency> dependencies_of(const AssembledService& service) {
  std::vector<Dependency> result;
  if (const Item* names = find(service.item, "depends_on"); is(names, ItemKind::map)) {
    for (const auto& [name, value] : names->entries) {
      const Item* required = find(value, "required");
      result.push_back({name, value, text_of(required) != "false" && (!required || required->is_known)});
    }
  }
  for (const std::string_view key : {"network_mode", "ipc", "pid", "uts", "cgroup"})
    if (const std::string_view text = text_of(find(service.item, key)); text.starts_with("service:"))
      result.push_back({text.substr(8), find(service.item, key), true});
  for (const std::string_view key : {"links", "volumes_from"}) {
    const Item* list = find(service.item, key);
    if (!is(list, ItemKind::sequence)) continue;
    for (const Item* item : list->items)
      if (const std::string_view text = text_of(item); item->is_known && !text.starts_with("container:"))
        result.push_back({text.substr(0, text.find(':')), item, true});
  }
  return result;
}

/// In search of cycles. Nobody has as many that does not make them by inheriting.
constexpr std::size_t most_followed = 200'000;

/// A service whose dependencies are followed.
struct Visit {
  std::uint32_t service;
  std::vector<Dependency> dependencies;
  std::size_t next = 0;
};

enum class Visited : std::uint8_t { no, open, done };

}  // namespace

void Assembler::check_dependencies(const AssembledService& service) {
  for (const auto& [name, at, is_required] : dependencies_of(service)) {
    const AssembledService* other = service_of(name);
    if (other ? other->may_be_enabled || !is_required : lacks_services_) continue;
    complain(at, "service " + quote(service.name) + " depends on " + quote(name) +
                     (other ? ", whose profile is off" : ", which is no service of the project"));
  }
}

/// The first that is found is told. Services wait in chains of any length, so that nothing calls itself here.
void Assembler::check_dependency_cycles() {
  const std::vector<AssembledService>& services = project_.services;
  std::vector<Visited> visited(services.size(), Visited::no);
  std::vector<Visit> open;
  std::size_t followed = 0;
  const auto enter = [&](std::uint32_t number) {
    visited[number] = Visited::open;
    open.push_back({number, dependencies_of(services[number])});
    followed += open.back().dependencies.size();
  };
  for (std::uint32_t first = 0; first < services.size() && followed <= most_followed; ++first) {
    if (visited[first] == Visited::no && services[first].enabled) enter(first);
    while (!open.empty() && followed <= most_followed) {
      Visit& visit = open.back();
      if (visit.next == visit.dependencies.size()) {
        visited[visit.service] = Visited::done;
        open.pop_back();
        continue;
      }
      const Dependency& dependency = visit.dependencies[visit.next++];
      const auto found = project_.numbers.find(dependency.name);
      if (found == project_.numbers.end() || !services[found->second].enabled) continue;
      if (visited[found->second] == Visited::open) {
        std::vector<std::uint32_t> path;
        for (const Visit& each : open) path.push_back(each.service);
        return complain_of_cycle(path, dependency.at, found->second);
      }
      if (visited[found->second] == Visited::no) enter(found->second);
    }
  }
}

void Assembler::complain_of_cycle(const std::vector<std::uint32_t>& path, const Item* at, std::uint32_t end) {
  constexpr std::ptrdiff_t most_named = 6;
  std::string names;
  const auto begin = std::find(path.begin(), path.end(), end);
  for (auto each = begin; each != path.end(); ++each) {
    const bool is_named = each - begin < most_named || each + 1 == path.end();
    if (is_named)
      names += std::string(project_.services[*each].name) + " -> ";
    else if (each - begin == most_named)
      names += "... -> ";
  }
  complain(at, "dependency cycle: " + names + std::string(project_.services[end].name));
}

}  // namespace imglint::assembly
