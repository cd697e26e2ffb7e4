// `extends`: a service takes over what another has, of the same document or of another file
// (docs/spec/projects.md 8).
#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "project/compose/addresses.hpp"
#include "project/compose/assembler.hpp"
#include "yaml/refusals.hpp"

namespace imglint::assembly {
namespace {

/// Longer chains are an attack.
constexpr std::size_t longest_chain = 250;

/// Of a file that is extended, as docker compose compares it: what main files say stays as it is written.
std::string name_of_base(const std::string& folder, std::string_view text, bool is_main) {
  const bool is_kept = is_main && normal_path(text) != text;
  return is_kept ? "./" + std::string(text) : joined(folder, text);
}

}  // namespace

void Assembler::extend_all(Item* document, const Resets& resets, Reading& reading, const Frame& frame) {
  Item* services = find(document, "services");
  const bool any = is(services, ItemKind::map) &&
                   std::any_of(services->entries.begin(), services->entries.end(),
                               [](const auto& entry) { return find(entry.second, "extends") != nullptr; });
  if (!any) return;
  Base base{.services = services,
            .resets = &resets,
            .folder = frame.directory,
            .file = reading.file->source->path(),
            .source = reading.file,
            .is_main = true,
            .by_name = {},
            .done = {},
            .extensions = {}};
  for (const auto& [name, service] : services->entries) base.by_name.emplace(name, service);
  Item* changed = project_.items.add(*services);
  for (auto& [name, service] : changed->entries) {
    if (!find(service, "extends")) continue;
    const Item* written = service;
    service = extended(base, name, *frame.scope, 0);
    check_chain(base, name, written);
  }
  for (auto& entry : document->entries)
    if (entry.first == "services") entry.second = changed;
}

Item* Assembler::extended(Base& base, std::string_view name, const Scope& scope, std::size_t depth) {
  const auto found = base.by_name.find(name);
  if (found == base.by_name.end()) return nullptr;
  Item* service = found->second;
  if (!is(service, ItemKind::map) || !find(service, "extends")) return service;
  if (const auto done = base.done.find(name); done != base.done.end()) return done->second;
  bool& is_open = extending_[{base.services, name}];
  if (is_open) {
    complain(find(service, "extends"), "circular reference: " + quote(name) + " extends itself");
    return merger_.without(service, "extends");
  }
  is_open = true;
  Item* result = extend(base, name, service, scope, depth);
  extending_[{base.services, name}] = false;
  return base.done[name] = merger_.without(result, "extends");
}

Item* Assembler::extend(Base& base, std::string_view name, Item* service, const Scope& scope,
                        std::size_t depth) {
  Item* extends = find(service, "extends");
  const bool is_short = is(extends, ItemKind::scalar);
  Item* reference = is_short ? extends : find(extends, "service");
  if (!is(reference, ItemKind::scalar)) {
    complain(extends, is(extends, ItemKind::map)    ? "'extends' must name a service"
                      : is(extends, ItemKind::null) ? "'extends' must be text or a mapping, not nothing"
                                                    : "'extends' must be text or a mapping, not a list");
    return service;
  }
  if (depth > longest_chain) {
    cannot_judge(extends, "a chain of more than 250 services that extend each other");
    return service;
  }
  if (!reference->is_known) {
    remark_unread(reference, std::string(valueless));
    is_partly_known_ = true;
    return service;
  }
  const std::string_view wanted = text_of(reference);
  Item* file = is_short ? nullptr : find(extends, "file");
  Base* from = &base;
  if (is(file, ItemKind::scalar)) {
    from = base_of(base, file, extends, scope);
    if (!from) return service;
  }
  if (!from->by_name.contains(wanted)) {
    // It may be in what is out of reach, of which is told where it is named.
    if (from == &base && lacks_services_) {
      is_partly_known_ = true;
      return service;
    }
    complain(reference,
             "cannot extend service " + quote(name) + ": " +
                 (from == &base ? "there is no service " + quote(wanted) + " in this document"
                                : "service " + quote(wanted) + " is not found in " + quote(from->file)));
    return service;
  }
  base.extensions[name] = {
      from, wanted, from == &base ? std::string() : name_of_base(base.folder, text_of(file), base.is_main)};
  project_.pointers.push_back({.from = reference, .file = from->source, .service = from->by_name[wanted]});
  Item* under = extended(*from, wanted, scope, depth + 1);
  if (!is(under, ItemKind::map)) {
    if (under && under->kind != ItemKind::null)
      complain(under, "service " + quote(wanted) + " must be a mapping");
    return service;
  }
  const Resets* inside = base.resets ? base.resets->find("services") : nullptr;
  if (inside) inside = inside->find(name);
  if (inside) under = merger_.without(under, *inside, Form::written);
  if (!spend(under->entries.size() + service->entries.size(), service)) return service;
  if (!spend_on_merging(service)) return service;
  return merger_.merge(under, service, Where::service, "services." + std::string(name));
}

/// What extends a service of its own file is for docker compose one of the main file, whichever it is in; so
/// two of one name in a chain are a circle to it [F: loader.applyServiceExtends]. Only chains that begin with
/// another file are always walked to the end.
void Assembler::check_chain(Base& base, std::string_view name, const Item* service) {
  const auto first = base.extensions.find(name);
  if (first == base.extensions.end() || first->second.file.empty()) return;
  std::set<std::pair<std::string_view, std::string_view>> known;  // files and services
  std::set<std::pair<const Base*, std::string_view>> walked;
  std::string_view twice;
  Base* at = &base;
  for (auto step = first; step != at->extensions.end(); step = at->extensions.find(name)) {
    if (!walked.emplace(at, name).second) return;  // a real circle, of which is told
    if (!known.emplace(step->second.file, name).second) twice = name;
    name = step->second.service;
    at = step->second.base;
  }
  if (!twice.empty())
    complain(find(service, "extends"), "circular reference: two services " + quote(twice) +
                                           " in this chain, which docker compose takes for one");
  constexpr std::size_t steps_of_unit = 8;  // which take the time in which a node is read
  (void)spend(walked.size() / steps_of_unit, service);
}

Assembler::Base* Assembler::base_of(Base& base, Item* file, const Item* at, const Scope& scope) {
  const auto leave = [&](const std::string& why) {
    remark_unread(file, why);
    is_partly_known_ = true;
    return nullptr;
  };
  if (!file->is_known) return leave(std::string(valueless));
  const std::string_view text = text_of(file);
  if (is_remote_project(text)) {
    if (file->reading) file->reading->effective.add(file->node);
    project_.remotes.emplace_back(text);
    return leave(quote(text) + " is not on this machine");
  }
  const std::string path = joined(base.folder, text);
  SourceFile& source = sources_.compose(path, base.folder);
  if (source.is_outside) return leave(quote(text) + " lies outside of this repository");
  if (source.error) {
    project_.missing.push_back(path);
    complain(file, source.is_absent ? "there is no file " + quote(path)
                                    : quote(path) + ": " + source.error->message);
    return nullptr;
  }
  if (is_spent(source, file)) return nullptr;
  project_.pointers.push_back({.from = file, .file = &source});
  BaseFile& found = base_file(source, scope, std::string(folder_of(path)));
  if (!found.usable) complain(at, "there are no services in " + quote(path));
  return found.usable ? &found.base : nullptr;
}

/// Read once for all that extend its services. Its own includes and its name say nothing.
Assembler::BaseFile& Assembler::base_file(SourceFile& file, const Scope& scope, const std::string& folder) {
  const auto [found, is_new] = base_files_.try_emplace({&file, &scope, normal_path(folder)});
  BaseFile& base = found->second;
  if (!is_new) return base;
  note_read(file.source->path());
  Reading& reading = reading_of(file, scope, true);
  if (file.parsed->trouble || !file.refused.empty()) project_.refused = true;
  if (file.parsed->trouble || yaml::unsafe_aliases(file.parsed->tree)) return base;
  Item* model = project_.items.add({.kind = ItemKind::map});
  for (std::size_t number = 0; number < file.parsed->tree.documents.size(); ++number) {
    ConvertedDocument document = convert(reading, number, false, project_.items);
    if (!document.top || !spend(file.parsed->tree.nodes.size(), document.top)) continue;
    model = merger_.without(model, document.resets);
    model = merger_.merge(model, document.top, Where::top, "");
    check_base(model, find(document.top, "services"));
    base.resets = std::move(document.resets);
  }
  Item* services = find(model, "services");
  if (!is(services, ItemKind::map)) return base;
  base.usable = true;
  base.base = {.services = services,
               .resets = &base.resets,
               .folder = folder,
               .file = file.source->path(),
               .source = &file,
               .by_name = {},
               .done = {},
               .extensions = {}};
  for (const auto& [name, service] : services->entries) base.base.by_name.emplace(name, service);
  // A build without a context gets one only when all is merged.
  finish_paths(model, folder, true);
  return base;
}

}  // namespace imglint::assembly
