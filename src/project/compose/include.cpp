// `include`: the included projects become part of the document that includes them (docs/spec/projects.md 7).
#include <algorithm>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "project/compose/addresses.hpp"
#include "project/compose/assembler.hpp"

namespace imglint::assembly {
namespace {

/// Projects that include each other deeper are an attack.
constexpr std::size_t deepest_include = 250;

/// A text, or the texts of a list.
std::vector<Item*> texts_of(Item* value) {
  if (is(value, ItemKind::scalar)) return {value};
  if (!is(value, ItemKind::sequence)) return {};
  std::vector<Item*> texts;
  for (Item* item : value->items)
    if (is(item, ItemKind::scalar)) texts.push_back(item);
  return texts;
}

/// Whether docker compose takes an item of `include` without a path, which is not said to be wrong.
bool includes_nothing(const Item* entry) {
  if (is(entry, ItemKind::null)) return true;
  const Item* path = find(entry, "path");
  return is(entry, ItemKind::map) &&
         (!path || is(path, ItemKind::null) || (is(path, ItemKind::sequence) && path->items.empty()));
}

}  // namespace

void Assembler::add_includes(Item*& document, const Frame& frame, const Resets& resets) {
  Item* list = find(document, "include");
  if (!list) return;
  document = merger_.without(document, "include");
  if (list->kind == ItemKind::null) return;
  if (list->kind != ItemKind::sequence) return complain(list, "'include' must be a list");
  Importing into{.document = document, .resets = &resets, .maps = {}};
  for (Item* entry : list->items) add_include(into, entry, frame);
}

void Assembler::leave_out_include(const Item* at, const std::string& why) {
  remark_unread(at, why);
  is_partly_known_ = lacks_services_ = true;
}

/// Adds a path of an include if its file can be read.
void Assembler::add_local(const Item* item, const Frame& frame, std::vector<std::string>& local) {
  if (!item->is_known) return leave_out_include(item, std::string(valueless));
  const std::string_view text = text_of(item);
  if (is_remote_project(text)) {
    if (item->reading) item->reading->effective.add(item->node);
    project_.remotes.emplace_back(text);
    return leave_out_include(item, quote(text) + " is not on this machine");
  }
  const std::string path = joined(frame.directory, text);
  SourceFile& file = sources_.compose(path, frame.directory);
  if (file.is_outside) return leave_out_include(item, quote(text) + " lies outside of this repository");
  if (file.error) {
    project_.missing.push_back(path);
    return complain(item, file.is_absent ? "there is no file '" + printable(path) + "'"
                                         : "'" + printable(path) + "': " + file.error->message);
  }
  if (std::find(frame.stack.begin(), frame.stack.end(), file.source->path()) != frame.stack.end())
    return complain(item, "include cycle: '" + printable(path) + "' is being read already");
  if (is_spent(file, item)) return;
  project_.pointers.push_back({.from = item, .file = &file});
  local.push_back(path);
}

void Assembler::add_include(Importing& into, Item* entry, const Frame& frame) {
  if (!spend(work_of_file + frame.stack.size(), entry)) return;
  const bool is_short = is(entry, ItemKind::scalar);
  const std::vector<Item*> paths = texts_of(is_short ? entry : find(entry, "path"));
  if (paths.empty() && includes_nothing(entry)) return add_empty_include(entry, frame);
  if (paths.empty()) return complain(entry, "an item of 'include' must be a path, or have a 'path'");
  if (frame.stack.size() > deepest_include)
    return cannot_judge(entry, "includes are nested more than 250 deep");
  std::string directory;
  const Item* given = is_short ? nullptr : find(entry, "project_directory");
  if (!text_of(given).empty()) directory = joined(frame.directory, text_of(given));
  const bool is_placed = (given && !given->is_known) || !directory.empty();
  if (!is_placed && paths.front()->is_known && !is_remote_project(text_of(paths.front())))
    directory = folder_of(joined(frame.directory, text_of(paths.front())));
  std::vector<std::string> local;
  for (Item* item : paths) add_local(item, frame, local);
  // Where its other paths begin is as little known as a first path, or a directory, without a value.
  if (given && !given->is_known) return leave_out_include(given, std::string(valueless));
  if (!is_placed && !paths.front()->is_known) return;
  if (local.empty()) return;
  if (directory.empty()) directory = frame.directory;
  std::vector<SourceFile*> env_files;
  std::vector<NamedFile> named;
  if (!find_env_files(is_short ? nullptr : find(entry, "env_file"), frame, directory, env_files, named))
    return;
  const Scope& scope = sources_.scope(*frame.scope, env_files);
  note_faults(scope, named);
  const auto [found, is_new] = models_.try_emplace({local, normal_path(directory), &scope});
  if (is_new || !found->second)
    found->second = load_model(local, {.directory = directory, .scope = &scope, .stack = frame.stack});
  import(into, found->second);
}

/// Its env files are read all the same, and so can stop docker compose.
void Assembler::add_empty_include(Item* entry, const Frame& frame) {
  remark(entry, "an item of 'include' without a 'path', which includes nothing");
  Item* given = find(entry, "env_file");
  if (texts_of(given).empty()) return;
  std::vector<SourceFile*> env_files;
  std::vector<NamedFile> named;
  if (find_env_files(given, frame, frame.directory, env_files, named))
    note_faults(sources_.scope(*frame.scope, env_files), named);
}

bool Assembler::find_env_files(Item* entry, const Frame& frame, const std::string& directory,
                               std::vector<SourceFile*>& env_files, std::vector<NamedFile>& named) {
  const std::vector<Item*> items = texts_of(entry);
  if (items.empty()) {
    const std::string path = join_path(directory, ".env");
    const auto status = sources_.disk().status(path);
    if (!status) project_.missing.push_back(path);
    if (!status || status->kind == FileKind::folder) return true;
    SourceFile& file = sources_.file(path, directory);
    if (file.source) env_files.push_back(&file);
    return true;
  }
  bool is_complete = true;
  for (Item* item : items) {
    if (text_of(item) == "/dev/null") continue;
    if (!item->is_known) {
      remark_unread(item, std::string(valueless));
      project_.lacks_variables = true;
      continue;
    }
    const std::string path = joined(frame.directory, text_of(item));
    SourceFile& file = sources_.file(path, frame.directory);
    if (file.source) {
      env_files.push_back(&file);
      named.push_back({file.source, item});
    } else if (file.is_outside) {
      remark_unread(item, quote(text_of(item)) + " lies outside of this repository");
      project_.lacks_variables = true;
    } else {
      project_.missing.push_back(path);
      complain(item, file.is_absent ? "there is no env file '" + printable(path) + "'"
                                    : "'" + printable(path) + "': " + file.error->message);
      is_complete = false;
    }
  }
  return is_complete || !env_files.empty();
}

/// The map of a document that is added to: its own copy, made once.
Assembler::ImportedMap& Assembler::map_for(Importing& into, std::string_view key) {
  const auto [found, is_new] = into.maps.try_emplace(key);
  ImportedMap& map = found->second;
  if (!is_new) return map;
  Item* to = find(into.document, key);
  if (to && to->kind == ItemKind::null)
    complain(to, "'" + std::string(key) + "' is empty beside an 'include': docker compose crashes here");
  map.item = is(to, ItemKind::map) ? project_.items.add(*to) : project_.items.add({.kind = ItemKind::map});
  for (std::size_t i = 0; i < map.item->entries.size(); ++i)
    map.places.emplace(map.item->entries[i].first, i);
  auto& entries = into.document->entries;  // a copy since its `include` is gone
  const auto entry =
      std::find_if(entries.begin(), entries.end(), [&](const auto& each) { return each.first == key; });
  if (entry == entries.end())
    entries.emplace_back(key, map.item);
  else
    entry->second = map.item;
  return map;
}

/// What stands in the document already holds over what is imported.
void Assembler::import(Importing& into, Item* model) {
  for (const std::string_view key : {std::string_view("services"), std::string_view("models")}) {
    Item* from = find(model, key);
    if (!is(from, ItemKind::map)) continue;
    ImportedMap& map = map_for(into, key);
    const Resets* inside = into.resets->find(key);
    for (const auto& [name, value] : from->entries) {
      const auto [found, is_new] = map.places.emplace(name, map.item->entries.size());
      if (is_new) {
        map.item->entries.emplace_back(name, value);
        continue;
      }
      Item* under = value;
      if (const Resets* part = inside ? inside->find(name) : nullptr) under = merger_.without(under, *part);
      Item*& slot = map.item->entries[found->second].second;
      const std::string path = std::string(key) + '.' + std::string(name);
      slot = merger_.merge(under, slot, inner(inner(Where::top, key), name), path);
    }
    (void)spend(from->entries.size() + (merger_.has_overflowed() ? most_work : 0), from);
    (void)spend_on_merging(from);
  }
}

}  // namespace imglint::assembly
