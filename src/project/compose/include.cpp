// `include`: the included projects become part of the document that includes them (docs/spec/projects.md 7).
#include <algorithm>

#include "base/path.hpp"
#include "base/printable.hpp"
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

}  // namespace

void Assembler::add_includes(Item*& document, Reading& reading, const Frame& frame, const Resets& resets) {
  Item* list = find(document, "include");
  if (!list) return;
  document = merger_.without(document, "include");
  (void)reading;
  if (list->kind == ItemKind::null) return;
  if (list->kind != ItemKind::sequence) return complain(list, "'include' must be a list");
  for (Item* entry : list->items) add_include(document, entry, frame, resets);
}

void Assembler::add_include(Item*& document, Item* entry, const Frame& frame, const Resets& resets) {
  const bool is_short = is(entry, ItemKind::scalar);
  const std::vector<Item*> paths = texts_of(is_short ? entry : find(entry, "path"));
  if (paths.empty()) return complain(entry, "an item of 'include' must be a path, or have a 'path'");
  if (frame.stack.size() > deepest_include)
    return complain(entry, "cannot judge: includes are nested more than 250 deep");
  std::vector<std::string> local;
  std::string directory;
  if (Item* given = is_short ? nullptr : find(entry, "project_directory"); !text_of(given).empty())
    directory = joined(frame.directory, text_of(given));
  for (Item* item : paths) {
    const std::string_view text = text_of(item);
    if (is_remote_project(text)) {
      if (item->reading) item->reading->effective.try_emplace(item->node);
      project_.remotes.emplace_back(text);
      continue;
    }
    const std::string path = joined(frame.directory, text);
    if (directory.empty() && item == paths.front()) directory = folder_of(path);
    SourceFile& file = sources_.compose(path, frame.directory);
    if (file.is_outside) {
      remark(item, "not read: '" + printable(text) + "' lies outside of this repository");
      continue;
    }
    if (file.error) {
      project_.missing.push_back(path);
      complain(item, file.is_absent ? "there is no file '" + printable(path) + "'"
                                    : "'" + printable(path) + "': " + file.error->message);
      continue;
    }
    if (std::find(frame.stack.begin(), frame.stack.end(), file.source->path()) != frame.stack.end()) {
      complain(item, "include cycle: '" + printable(path) + "' is being read already");
      continue;
    }
    local.push_back(path);
  }
  if (local.empty()) return;
  if (directory.empty()) directory = frame.directory;
  std::vector<SourceFile*> env_files;
  if (!find_env_files(is_short ? nullptr : find(entry, "env_file"), frame, directory, env_files)) return;
  const Scope& scope = sources_.scope(*frame.scope, env_files);
  note_faults(scope);
  const auto [found, is_new] = models_.try_emplace({local, normal_path(directory), &scope});
  if (is_new || !found->second)
    found->second = load_model(local, {.directory = directory, .scope = &scope, .stack = frame.stack});
  import(document, found->second, resets);
}

bool Assembler::find_env_files(Item* entry, const Frame& frame, const std::string& directory,
                               std::vector<SourceFile*>& env_files) {
  const std::vector<Item*> items = texts_of(entry);
  if (items.empty()) {
    const std::string path = join_path(directory, ".env");
    const auto status = sources_.disk().status(path);
    if (!status || status->kind == FileKind::folder) return true;
    SourceFile& file = sources_.file(path, directory);
    if (file.source) env_files.push_back(&file);
    return true;
  }
  bool is_complete = true;
  for (Item* item : items) {
    if (text_of(item) == "/dev/null") continue;
    const std::string path = joined(frame.directory, text_of(item));
    SourceFile& file = sources_.file(path, frame.directory);
    if (file.source) {
      env_files.push_back(&file);
    } else if (file.is_outside) {
      remark(item, "not read: '" + printable(text_of(item)) + "' lies outside of this repository");
    } else {
      complain(item, file.is_absent ? "there is no env file '" + printable(path) + "'"
                                    : "'" + printable(path) + "': " + file.error->message);
      is_complete = false;
    }
  }
  return is_complete || !env_files.empty();
}

void Assembler::import(Item*& document, Item* model, const Resets& resets) {
  for (const std::string_view key : {std::string_view("services"), std::string_view("models")}) {
    Item* from = find(model, key);
    if (!is(from, ItemKind::map)) continue;
    Item* to = find(document, key);
    if (to && to->kind == ItemKind::null)
      complain(to, "'" + std::string(key) + "' is empty beside an 'include': docker compose crashes here");
    Item* merged =
        is(to, ItemKind::map) ? project_.items.add(*to) : project_.items.add({.kind = ItemKind::map});
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < merged->entries.size(); ++i) places.emplace(merged->entries[i].first, i);
    const Resets* inside = resets.find(key);
    for (const auto& [name, value] : from->entries) {
      const auto [found, is_new] = places.emplace(name, merged->entries.size());
      if (is_new) {
        merged->entries.emplace_back(name, value);
        continue;
      }
      Item* under = value;
      if (const Resets* part = inside ? inside->find(name) : nullptr) under = merger_.without(under, *part);
      Item*& slot = merged->entries[found->second].second;
      slot = merger_.merge(under, slot, inner(inner(Where::top, key), name),
                           std::string(key) + '.' + std::string(name));
    }
    (void)spend(from->entries.size(), from);
    Item* copy = project_.items.add(*document);
    const auto entry = std::find_if(copy->entries.begin(), copy->entries.end(),
                                    [&](const auto& each) { return each.first == key; });
    if (entry == copy->entries.end())
      copy->entries.emplace_back(key, merged);
    else
      entry->second = merged;
    document = copy;
  }
}

}  // namespace imglint::assembly
