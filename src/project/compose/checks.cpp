// What docker compose refuses in a project: documents that have not its shape, and what does not fit together
// in the end (docs/spec/projects.md 9).
#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/ascii.hpp"
#include "base/edit_distance.hpp"
#include "base/path.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "kinds/compose/file.hpp"
#include "kinds/compose/shape.hpp"
#include "project/compose/addresses.hpp"
#include "project/compose/assembler.hpp"

namespace imglint::assembly {
namespace {

// All sorted.
// clang-format off
constexpr auto service_keys = std::to_array<std::string_view>({
    "annotations", "attach", "blkio_config", "build", "cap_add", "cap_drop", "cgroup", "cgroup_parent",
    "command", "configs", "container_name", "cpu_count", "cpu_percent", "cpu_period", "cpu_quota",
    "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpus", "cpuset", "credential_spec", "depends_on",
    "deploy", "develop", "device_cgroup_rules", "devices", "dns", "dns_opt", "dns_search", "domainname",
    "entrypoint", "env_file", "environment", "expose", "extends", "external_links", "extra_hosts", "gpus",
    "group_add", "healthcheck", "hostname", "image", "init", "ipc", "isolation", "label_file", "labels",
    "links", "logging", "mac_address", "mem_limit", "mem_reservation", "mem_swappiness", "memswap_limit",
    "models", "network_mode", "networks", "oom_kill_disable", "oom_score_adj", "pid", "pids_limit",
    "platform", "ports", "post_start", "pre_start", "pre_stop", "privileged", "profiles", "provider",
    "pull_policy", "pull_refresh_after", "read_only", "restart", "runtime", "scale", "secrets",
    "security_opt", "shm_size", "stdin_open", "stop_grace_period", "stop_signal", "storage_opt", "sysctls",
    "tmpfs", "tty", "ulimits", "use_api_socket", "user", "userns_mode", "uts", "volumes", "volumes_from",
    "working_dir"});
// clang-format on
constexpr std::array<std::string_view, 22> build_keys = {"additional_contexts",
                                                         "args",
                                                         "cache_from",
                                                         "cache_to",
                                                         "context",
                                                         "dockerfile",
                                                         "dockerfile_inline",
                                                         "entitlements",
                                                         "extra_hosts",
                                                         "isolation",
                                                         "labels",
                                                         "network",
                                                         "no_cache",
                                                         "no_cache_filter",
                                                         "platforms",
                                                         "privileged",
                                                         "provenance",
                                                         "pull",
                                                         "sbom",
                                                         "secrets",
                                                         "shm_size",
                                                         "ssh"};
constexpr std::array<std::string_view, 3> more_build_keys = {"tags", "target", "ulimits"};

template <std::size_t Size>
bool has(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

bool is_service_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-';
  });
}

/// What a scalar is that is no text; empty if it is one.
std::string_view other_than_text(const Item& item) {
  if (!item.reading) return {};
  const compose::Tree& tree = item.reading->view.tree();
  return compose::other_than_text(tree, tree[item.node]);
}

/// What a play, a task or a list of them has, and no service.
constexpr std::string_view ansible_keys[] = {
    "name",        "hosts",        "import_tasks", "include_tasks", "import_playbook",
    "import_role", "include_role", "block"};

/// Whether a key that docker compose does not know has services, or is one, as far as its value tells.
bool holds_services(const Item& item) {
  if (!item.reading || item.node == compose::no_node) return false;
  compose::View& view = item.reading->view;
  const auto is_service = [&](compose::Position at) {
    return view.find(at, "image") || view.find(at, "build");
  };
  const compose::Position value{item.node};
  if (is_service(value) || std::ranges::any_of(view.items(value), is_service)) return true;
  const auto entries = view.entries(value);
  return std::ranges::any_of(entries, [&](const auto& entry) { return is_service(entry.value); });
}

/// Whether a key is one of those that hold references, misspelt.
bool is_nearly(std::string_view key, const std::vector<std::string>& words) {
  return nearest_word(key, words).has_value();
}

std::string what_it_is(const Item& item) {
  switch (item.kind) {
    case ItemKind::map:
      return "a mapping";
    case ItemKind::sequence:
      return "a list";
    case ItemKind::scalar: {
      const std::string_view other = other_than_text(item);
      return other.empty() ? "text" : std::string(other);
    }
    case ItemKind::null:
    case ItemKind::other:
      break;
  }
  return "nothing";
}

/// Which forms a value of a service may have, where more than one or none is refused.
struct Forms {
  std::string_view key;
  bool text;
  bool list;
  bool mapping;
  bool is_read_everywhere;  ///< docker compose brings it into one form in files that it does not validate too
  std::string_view words;
};
constexpr std::array<Forms, 6> forms_of_values = {{
    {"build", true, false, true, true, "text or a mapping"},
    {"depends_on", false, true, true, true, "a list or a mapping"},
    {"env_file", true, true, false, true, "text or a list"},
    {"extends", true, false, true, true, "text or a mapping"},
    {"models", false, true, true, false, "a list or a mapping"},
    {"provider", false, false, true, false, "a mapping"},
}};

bool is_text(const Item& item) { return item.kind == ItemKind::scalar && other_than_text(item).empty(); }

bool has_form(const Item& item, const Forms& forms) {
  switch (item.kind) {
    case ItemKind::map:
      return forms.mapping;
    case ItemKind::sequence:
      return forms.list;
    case ItemKind::scalar:
      return forms.text && is_text(item);
    case ItemKind::null:
      return false;
    case ItemKind::other:
      break;
  }
  return true;
}

}  // namespace

std::string_view other_program(compose::View& view, std::size_t document) {
  const compose::Position top = view.top(document);
  const auto has_all = [&](compose::Position at, std::initializer_list<std::string_view> keys) {
    return std::ranges::all_of(keys, [&](std::string_view key) { return bool(view.find(at, key)); });
  };
  if (has_all(top, {"apiVersion", "kind"})) return "an object of Kubernetes";
  if (has_all(top, {"on", "jobs"})) return "a workflow of GitHub";
  const auto tasks = view.items(top);
  const auto is_task = [&](compose::Position item) {
    if (!view.is(item, compose::NodeKind::map) || view.find(item, "image") || view.find(item, "build"))
      return false;
    return std::ranges::any_of(ansible_keys,
                               [&](std::string_view key) { return bool(view.find(item, key)); });
  };
  return !tasks.empty() && std::ranges::all_of(tasks, is_task) ? "a list of tasks of Ansible"
                                                               : std::string_view();
}

void Assembler::check_document(Item* model, const Item* added) {
  const Item* services = find(model, "services");
  const bool is_misplaced = services && services->kind == ItemKind::null;
  for (const auto& [key, value] : model->entries)
    if (!compose::is_top_level_key(key) && !is_misplaced)
      complain_at_key(value, "additional property " + quote(key) + " is not allowed", holds_services(*value));
  if (!services) return;
  if (services->kind != ItemKind::map)
    return complain_at_key(services,
                           "'services' must be a mapping of names to services, not " + what_it_is(*services),
                           services->kind != ItemKind::null);
  std::unordered_set<std::string_view> names;
  const bool is_all = !is(added, ItemKind::map) || added->entries.size() == services->entries.size();
  if (!is_all)
    for (const auto& entry : added->entries) names.insert(entry.first);
  for (const auto& [name, service] : services->entries) {
    if (!is_all && !names.contains(name)) continue;
    if (!is_service_name(name))
      complain_at_key(service, quote(name) + " is no name of a service");
    else if (service->kind != ItemKind::map)
      complain(service, "service " + quote(name) + " must be a mapping, not " + what_it_is(*service));
    else
      check_service(name, service);
  }
}

void Assembler::check_service(std::string_view name, const Item* service) {
  for (const auto& [key, value] : service->entries) {
    if (!has(service_keys, key) && !compose::is_extension(key))
      complain_at_key(value,
                      "additional property " + quote(key) + " is not allowed in service " + quote(name),
                      is_nearly(key, {"build", "image", "pre_start", "volumes"}));
    if (key == "image" && !is_text(*value))
      complain(value, "'image' must be text, not " + what_it_is(*value));
    if (key == "profiles" && value->kind != ItemKind::sequence)
      complain(value, "'profiles' must be a list, not " + what_it_is(*value));
    if (key == "build" && value->kind == ItemKind::map) check_build(value);
  }
  check_forms(service, false);
}

void Assembler::check_forms(const Item* service, bool is_base) {
  for (const Forms& forms : forms_of_values) {
    const Item* value = is_base && !forms.is_read_everywhere ? nullptr : find(service, forms.key);
    if (value && !has_form(*value, forms))
      complain(value,
               quote(forms.key) + " must be " + std::string(forms.words) + ", not " + what_it_is(*value));
  }
}

void Assembler::check_base(const Item* model, const Item* added) {
  const Item* services = find(model, "services");
  if (!is(services, ItemKind::map) || !is(added, ItemKind::map)) return;
  std::unordered_set<std::string_view> names;
  for (const auto& entry : added->entries) names.insert(entry.first);
  for (const auto& [name, service] : services->entries)
    if (names.contains(name)) check_forms(service, true);
}

void Assembler::check_build(const Item* build) {
  for (const auto& [key, value] : build->entries)
    if (!has(build_keys, key) && !has(more_build_keys, key) && !compose::is_extension(key))
      complain_at_key(value, "additional property " + quote(key) + " is not allowed in a build",
                      is_nearly(key, {"additional_contexts", "args", "cache_from", "cache_to", "context",
                                      "dockerfile", "dockerfile_inline", "tags"}));
  check_assignments(build);
}

/// Of lists: what stands before the `=`, and whether there must be one.
void Assembler::check_assignments(const Item* build) {
  const auto is_of_list = [](const Item& item) {
    return item.key == item.node && item.kind == ItemKind::scalar && item.is_known;
  };
  if (const Item* args = find(build, "args"); is(args, ItemKind::map))
    for (const auto& [name, value] : args->entries)
      if (is_of_list(*value) && !name.empty() && (name.back() == ' ' || name.back() == '\t'))
        complain(value, "a blank stands behind the name of the argument " + quote(name));
  if (const Item* contexts = find(build, "additional_contexts"); is(contexts, ItemKind::map))
    for (const auto& [name, value] : contexts->entries)
      if (is_of_list(*value) && !value->has_value)
        complain(value, quote(name) + " in 'additional_contexts' must be written as NAME=CONTEXT");
}

const AssembledService* Assembler::service_of(std::string_view name) const {
  const auto found = project_.numbers.find(name);
  return found == project_.numbers.end() ? nullptr : &project_.services[found->second];
}

void Assembler::check_consistency(const Item* model) {
  if (project_.refused || project_.is_too_much) return;
  for (const AssembledService& service : project_.services) {
    if (!service.enabled) continue;
    if (!service.build && !service.image && !find(service.item, "provider")) {
      // An empty image is told of where it stands, by whoever reads the file.
      if (find(service.item, "image"))
        project_.refused = true;
      else if (!is_partly_known_)
        complain_at_key(service.item, "service " + quote(service.name) + " has neither an image nor a build");
    }
    check_dependencies(service);
    check_env_files(service);
    check_mounts(service);
    if (const Item* models = find(service.item, "models"); is(models, ItemKind::map))
      for (const auto& [name, value] : models->entries)
        if (!lacks_services_ && !find(find(model, "models"), name))
          complain_at_key(value, "there is no model " + quote(name) + " in the project");
    if (!service.build) continue;
    if (service.build->inlined && !text_of(service.build->dockerfile_item).empty())
      complain_at_key(service.build->inlined, "service " + quote(service.name) +
                                                  " has both a 'dockerfile' and a 'dockerfile_inline'");
    const Item* contexts = find(find(service.item, "build"), "additional_contexts");
    for (const auto& [name, context] : service.build->contexts) {
      if (!context.starts_with("service:")) continue;
      const AssembledService* other = service_of(context.substr(8));
      if (other ? !other->may_be_enabled : !lacks_services_)
        complain(find(contexts, name), "there is no service " + quote(context.substr(8)) + " in the project");
      else if (other && !other->build && !is_partly_known_)
        complain(find(contexts, name), "service " + quote(context.substr(8)) + " is not built");
    }
  }
  if (!project_.refused) check_dependency_cycles();
}

/// What is written in two ways may be one place, where an image of a service hides another, or a tmpfs is.
void Assembler::check_mounts(const AssembledService& service) {
  const Item* volumes = find(service.item, "volumes");
  if (!is(volumes, ItemKind::sequence) || !has_image_volume(*volumes)) return;
  std::set<std::string> mounted;
  const auto add_tmpfs = [&](const Item* item) {
    const std::string_view text = text_of(item);
    if (!text.empty() && item->is_known) mounted.insert(normal_path(text.substr(0, text.find(':'))));
  };
  const Item* tmpfs = find(service.item, "tmpfs");
  add_tmpfs(tmpfs);
  if (is(tmpfs, ItemKind::sequence))
    for (const Item* item : tmpfs->items) add_tmpfs(item);
  const std::set<std::string> of_tmpfs = mounted;
  for (const Item* volume : volumes->items) {
    const std::string_view target = target_of(*volume);
    if (target.empty() || mounted.insert(normal_path(target)).second) continue;
    const Item* place = find(volume, "target");
    const bool is_tmpfs = of_tmpfs.contains(normal_path(target));
    complain(place ? place : volume,
             quote(target) + " is mounted already, " + (is_tmpfs ? "as a tmpfs" : "by another volume"));
  }
}

/// Whether a path leads to where the files of this repository may be.
bool Assembler::is_within_reach(const std::string& path) {
  std::string folder(folder_of(path));
  while (folder != "/" && folder != "." && sources_.resolved(normal_path(folder)).empty())
    folder = std::string(folder_of(folder));
  return sources_.top_of(normal_path(folder)) == sources_.top_of(normal_path(project_.folder));
}

void Assembler::check_env_files(const AssembledService& service) {
  const Item* files = find(service.item, "env_file");
  if (!files) return;
  const auto check = [&](const Item* item) {
    const Item* path = is(item, ItemKind::map) ? find(item, "path") : item;
    const std::string_view written = text_of(path);
    if (written.empty() || text_of(find(item, "required")) == "false") return;
    // What a machine has of its own is no part of the repository.
    if (written.starts_with('/') || written.starts_with('~')) return;
    const std::string name = joined(path->folder, written);
    const auto status = sources_.disk().status(name);
    if (status || !is_absent(status.error()) || !is_within_reach(name)) return;
    // Nearly always git ignores it and whoever starts the project makes it; no image depends on it.
    remark(path, "there is no env file " + quote(name) + ", without which docker compose stops");
  };
  if (files->kind == ItemKind::sequence)
    for (const Item* item : files->items) check(item);
  else
    check(files);
}

}  // namespace imglint::assembly
