#include "project/compose/assembler.hpp"

#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "expansion/given_place.hpp"
#include "kinds/compose/file.hpp"
#include "yaml/refusals.hpp"
#include "yaml/scalar.hpp"

namespace imglint::assembly {
namespace {

constexpr std::string_view unjudged = "cannot judge: ";
constexpr std::string_view read_too_often = "the projects of this run read this file too often";

}  // namespace

Span place_of(const Item& item) {
  const compose::Tree& tree = item.reading->view.tree();
  const Source& source = *item.reading->file->source;
  if (item.node != compose::no_node) {
    const compose::Node& node = tree[item.node];
    if (node.kind == compose::NodeKind::scalar && !node.value.empty())
      return yaml::locate_token(source, node).token;
  }
  if (item.key != compose::no_node && tree[item.key].kind == compose::NodeKind::scalar)
    return yaml::locate_token(source, tree[item.key]).token;
  const std::uint32_t mark = item.node == compose::no_node ? 0 : tree[item.node].mark;
  return {mark, mark};
}

Assembler::Assembler(Sources& sources, const ProjectRequest& request, const Assignments& env,
                     const SourceFiles& spent, ComposeProject& project)
    : sources_(sources),
      request_(request),
      env_(env),
      spent_(spent),
      project_(project),
      merger_(
          project.items,
          [this](const Item& value, const std::string& path) {
            complain(&value, "cannot override '" + printable(path) + "': the two are of different kinds");
          },
          [](const Item& value) {
            if (value.reading) value.reading->harmless.insert(place_of(value).begin);
          }) {}

void Assembler::run() {
  if (project_.files.empty()) return;
  for (const std::string& path : project_.files) open_main(path);
  find_name();
  project_.profiles = request_.profiles;
  Item* model =
      load_model(project_.files, {.directory = project_.folder, .scope = project_.scope, .stack = {}});
  // What no document of the project can tell one beside it may, else it is told of the run.
  if (project_.env_faults.empty())
    project_.errors.insert(project_.errors.end(), main_errors_.begin(), main_errors_.end());
  else if (project_.readings.empty())
    project_.untold = std::move(main_errors_);
  collect(model);
  check_consistency(model);
  mark_effective(model);
}

SourceFile* Assembler::open_main(const std::string& path) {
  SourceFile& file = sources_.compose(path, project_.folder, request_.named && !request_.files.empty());
  if (!file.error && !spent_.contains(&file)) return &file;
  (file.error ? project_.refused : project_.is_too_much) = true;
  if (!file.error) {
    main_errors_.push_back(
        placed({.message = std::string(unjudged) + std::string(read_too_often), .path = path}, path));
    return nullptr;
  }
  project_.missing.push_back(path);
  Error error = *file.error;
  if (const auto* named = project_.scope->values.find("COMPOSE_FILE"); named && request_.files.empty()) {
    const bool is_empty = named->text.text().empty();
    error.hint = is_empty ? "COMPOSE_FILE is empty, which is the folder itself" : "COMPOSE_FILE names it";
    if (const auto place = place_of_given(named->text); place.source)
      project_.env_faults.push_back(
          {place, is_empty ? std::string("COMPOSE_FILE is empty, which names the folder itself")
                           : "COMPOSE_FILE: '" + printable(path) + "': " + error.message});
  }
  main_errors_.push_back(placed(std::move(error), path));
  return nullptr;
}

Reading& Assembler::reading_of(SourceFile& file, const Scope& scope, bool is_base) {
  const auto [found, is_new] = readings_.try_emplace({&file, &scope});
  if (is_new) found->second = &project_.readings.emplace_back(file, scope, is_base);
  Reading& reading = *found->second;
  reading.is_base = reading.is_base && is_base;
  return reading;
}

void Assembler::note_read(const std::string& path) {
  constexpr std::size_t few = 16;
  std::vector<std::string>& read = project_.read;
  if (read.size() < few) {
    if (std::find(read.begin(), read.end(), path) == read.end()) read.push_back(path);
    return;
  }
  if (many_read_.empty()) many_read_.insert(read.begin(), read.end());
  if (many_read_.insert(path).second) read.push_back(path);
}

bool Assembler::spend(std::size_t work, const Item* at) {
  return work_.spend(work, [&] { cannot_judge(at, "this project amounts to too much"); });
}

bool Assembler::spend_on_merging(const Item* at) { return spend(merger_.take_copied() / copies_of_work, at); }

bool Assembler::is_spent(const SourceFile& file, const Item* at) {
  if (!spent_.contains(&file)) return false;
  cannot_judge(at, read_too_often);
  is_partly_known_ = lacks_services_ = true;
  return true;
}

Item* Assembler::load_model(const std::vector<std::string>& paths, const Frame& frame) {
  Item* model = project_.items.add({.kind = ItemKind::map});
  for (const std::string& path : paths) {
    SourceFile* file = sources_.find(path);
    if (file && file->parsed && !spent_.contains(file)) model = load_file(*file, frame, model);
  }
  finish_paths(model, frame.directory, false);
  return model;
}

Item* Assembler::load_file(SourceFile& file, const Frame& frame, Item* model) {
  note_read(file.source->path());
  Reading& reading = reading_of(file, *frame.scope, false);
  if (file.parsed->trouble || !file.refused.empty()) project_.refused = true;
  if (file.parsed->trouble || yaml::unsafe_aliases(file.parsed->tree)) return model;
  Frame inner = frame;
  inner.stack.push_back(file.source->path());
  for (std::size_t number = 0; number < file.parsed->tree.documents.size(); ++number)
    model = add_document(reading, number, inner, model);
  return model;
}

static bool is_version_1(Reading& reading, std::size_t number) {
  compose::View& view = reading.view;
  const compose::Position top = view.top(number);
  for (const std::string_view key : {"services", "include", "name", "version"})
    if (view.find(top, key)) return false;
  return compose::ComposeFile(view.tree()).is_version_1();
}

/// Of a version 1 file, whose services stand at the top.
static Item* with_services(Item* top, Items& items) {
  Item* services = items.add(*top);
  std::erase_if(services->entries, [](const auto& entry) { return compose::is_extension(entry.first); });
  Item* document = items.add({.kind = ItemKind::map, .reading = top->reading, .node = top->node});
  document->entries.emplace_back("services", services);
  return document;
}

Item* Assembler::add_document(Reading& reading, std::size_t number, const Frame& frame, Item* model) {
  const compose::Tree& tree = reading.view.tree();
  const bool is_old = is_version_1(reading, number);
  ConvertedDocument document = convert(reading, number, is_old, project_.items);
  const compose::Node& top = tree[tree.documents[number]];
  if (const std::string_view other = other_program(reading.view, number); !other.empty()) {
    project_.refused = true;
    complain(reading, {top.mark, top.mark}, "no compose file, but " + std::string(other),
             Trouble::Kind::remark);
    return model;
  }
  if (!document.top) {
    const bool is_fine = top.kind == compose::NodeKind::null && tree.documents.size() == 1;
    if (!is_fine)
      complain(reading, {top.mark, top.mark}, "a document that is no mapping", Trouble::Kind::syntax, true);
    return model;
  }
  if (is_old) document.top = with_services(document.top, project_.items);
  if (!spend(document.top->entries.size() + tree.nodes.size(), document.top)) return model;
  if (!spend_on_merging(document.top)) return model;
  add_includes(document.top, frame, document.resets);
  model = merger_.without(model, document.resets);
  extend_all(document.top, document.resets, reading, frame);
  model = merger_.merge(model, document.top, Where::top, "");
  // Of a version 1 file it is said that docker compose does not run it.
  project_.refused = project_.refused || is_old;
  if (!is_old) check_document(model, find(document.top, "services"));
  return model;
}

/// Gives the paths of a value their folder.
static void set_folder(Item* item, std::string_view folder) {
  if (!item) return;
  if (item->folder.data() == nullptr) item->folder = folder;
  for (Item* each : item->items) set_folder(each, folder);
  set_folder(find(item, "path"), folder);
}

/// A short form is a mapping from now on.
static void lengthen(Item* value) {
  if (is(value, ItemKind::map)) value->shorthand = false;
}

/// What is relative in a project is relative to its directory, but for what has a folder already. Services of
/// the model are its own, their builds may be shared, of files that are read to their ends.
void Assembler::finish_paths(Item* model, const std::string& directory, bool is_base) {
  const std::string_view folder = project_.arena.copy(directory.empty() ? "." : directory);
  const Item* services = find(model, "services");
  if (!is(services, ItemKind::map)) return;
  for (const auto& [name, service] : services->entries) {
    if (!is(service, ItemKind::map)) continue;
    for (auto& [key, value] : service->entries) {
      lengthen(value);
      if (key == "env_file") set_folder(value, folder);
      if (key == "build" && is(value, ItemKind::map)) finish_build(value, folder, is_base);
    }
  }
}

void Assembler::finish_build(Item*& build, std::string_view folder, bool is_base) {
  if (Item* contexts = find(build, "additional_contexts"); is(contexts, ItemKind::map)) {
    lengthen(contexts);
    for (const auto& entry : contexts->entries) set_folder(entry.second, folder);
  }
  if (Item* context = find(build, "context")) return set_folder(context, folder);
  if (is_base) return;
  build = project_.items.add(*build);
  build->entries.emplace_back("context",
                              project_.items.add({.kind = ItemKind::scalar, .text = ".", .folder = folder}));
}

void Assembler::complain(Reading& reading, Span span, std::string message, Trouble::Kind kind, bool hides) {
  if (kind == Trouble::Kind::unjudged)
    project_.is_too_much = true;
  else if (kind != Trouble::Kind::remark)
    project_.refused = true;
  if (!said_.emplace(&reading, span.begin, message).second) return;
  reading.troubles.push_back(
      {.kind = kind, .span = span, .message = std::move(message), .hides_references = hides});
}

void Assembler::complain(const Item* at, std::string message, Trouble::Kind kind, bool hides) {
  if (!at || !at->reading) {
    project_.refused = true;
    project_.errors.push_back(
        {.message = std::move(message), .path = project_.files.empty() ? "" : project_.files.front()});
    return;
  }
  complain(*at->reading, place_of(*at), std::move(message), kind, hides);
}

void Assembler::complain_at_key(const Item* at, std::string message, bool hides) {
  if (!at || !at->reading || at->key == compose::no_node) return complain(at, std::move(message));
  const compose::Node& key = at->reading->view.tree()[at->key];
  complain(*at->reading, yaml::locate_token(*at->reading->file->source, key).token, std::move(message),
           Trouble::Kind::syntax, hides);
}

void Assembler::cannot_judge(const Item* at, std::string_view why) {
  constexpr bool hides_references = true;
  complain(at, std::string(unjudged) + std::string(why), Trouble::Kind::unjudged, hides_references);
}

void Assembler::remark(const Item* at, std::string message) {
  complain(at, std::move(message), Trouble::Kind::remark);
}

void Assembler::remark_unread(const Item* at, const std::string& why) {
  const std::size_t told = at->reading ? at->reading->troubles.size() : 0;
  remark(at, "not read: " + why);
  if (at->reading && at->reading->troubles.size() > told)
    at->reading->troubles.back().is_of_whole_file = true;
}

}  // namespace imglint::assembly
