// What a project reads before its compose files: options, env files, which compose files, its name.
#include <algorithm>
#include <optional>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "kinds/compose/values.hpp"
#include "project/compose/assembler.hpp"
#include "source/read_file.hpp"
#include "yaml/scalar.hpp"

namespace imglint::assembly {
namespace {

constexpr std::string_view name_variable = "COMPOSE_PROJECT_NAME";

std::vector<std::string> split_at(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == text.npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

const std::string* option(const Assignments& env, std::string_view name) {
  const std::string* found = nullptr;
  for (const auto& [key, value] : env)
    if (key == name) found = &value;
  return found;
}

/// What Go takes a word for; nothing if it is no truth value.
std::optional<bool> truth_of(std::string_view word) {
  constexpr std::string_view yes[] = {"1", "t", "T", "TRUE", "true", "True"};
  constexpr std::string_view no[] = {"0", "f", "F", "FALSE", "false", "False"};
  if (std::ranges::find(yes, word) != std::end(yes)) return true;
  if (std::ranges::find(no, word) != std::end(no)) return false;
  return std::nullopt;
}

/// The first of some names that a folder has.
template <class Names>
std::string first_of(Sources& sources, const std::string& folder, const Names& names) {
  const Beside beside = sources.beside(folder);
  for (const std::string_view name : names) {
    if (!beside.may_have(name)) continue;
    if (std::string path = join_path(folder, name); sources.exists(path)) return path;
  }
  return {};
}

}  // namespace

Error Assembler::placed(Error error, const std::string& path) const {
  const auto place = std::ranges::find(request_.places, path, &ProjectRequest::Place::path);
  if (place == request_.places.end()) return error;
  error.message = "'" + printable(path) + "': " + error.message;
  error.path = place->file;
  error.line = place->line;
  error.column = place->column;
  return error;
}

std::string Assembler::value_of(std::string_view variable) const {
  const auto* value = project_.scope->values.find(variable);
  return value ? std::string(value->text.text()) : std::string();
}

void Assembler::note_faults(const Scope& scope, std::span<const NamedFile> named) {
  for (const SourceFile* file : scope.files) note_read(file->source->path());
  const auto note = [&](const auto& found, auto& all) {
    for (EnvironmentTrouble one : found) {
      const auto is_known = [&](const EnvironmentTrouble& known) {
        return known.place == one.place && known.message == one.message;
      };
      if (std::ranges::any_of(all, is_known)) continue;
      const auto name = std::ranges::find(named, one.place.source, &NamedFile::source);
      if (name != named.end() && name->item->reading)
        one.asked = {name->item->reading->file->source, place_of(*name->item)};
      all.push_back(std::move(one));
      project_.refused = true;
    }
  };
  // What a required variable lacks the environment may give.
  note(scope.lacks, project_.env_lacks);
  note(scope.faults, project_.env_faults);
}

const Scope* Assembler::with_dotenv(const Scope* outer, const std::string& folder) {
  std::string path = join_path(folder, environment_file);
  if (!sources_.beside(folder).may_have(environment_file)) {
    project_.missing.push_back(std::move(path));
    return outer;
  }
  const auto status = sources_.disk().status(path);
  if (!status) project_.missing.push_back(path);
  if (status ? status->kind == FileKind::folder : is_absent(status.error())) return outer;
  SourceFile& file = sources_.file(path, folder);
  if (file.error && !file.is_absent && told_.insert(path).second) project_.errors.push_back(*file.error);
  if (!file.source) return outer;
  const Scope& scope = sources_.scope(*outer, {&file});
  note_faults(scope);
  return &scope;
}

/// Asked only where no env files are given, as by docker compose.
bool Assembler::is_dotenv_off() {
  const std::string* disabled = option(env_, "COMPOSE_DISABLE_ENV_FILE");
  if (!disabled) return false;
  const std::optional<bool> is_off = truth_of(*disabled);
  if (!is_off) {
    project_.refused = true;
    project_.errors.push_back({.message = "COMPOSE_DISABLE_ENV_FILE is " + quote(*disabled) +
                                          ", neither true nor false: docker compose stops"});
  }
  return is_off.value_or(false);
}

void Assembler::find_scope_and_files() {
  Scope& options = sources_.scope(nullptr);
  for (const auto& [name, value] : env_) options.values.set(name, {VariableSource::option, {value, {}}});
  options_ = &options;
  std::vector<std::string> env_files = request_.env_files;
  if (const std::string* listed = option(env_, "COMPOSE_ENV_FILES");
      env_files.empty() && listed && !listed->empty())
    for (const std::string& name : split_at(*listed, ","))
      env_files.push_back(join_path(request_.folder, name));
  const bool uses_dotenv = env_files.empty() && !is_dotenv_off();

  const Scope* scope = options_;
  if (!env_files.empty()) {
    std::vector<SourceFile*> files;
    for (const std::string& path : env_files) {
      SourceFile& file = sources_.file(path, request_.folder, true);
      if (file.error) {
        project_.errors.push_back(placed(*file.error, path));
        project_.refused = true;
      }
      files.push_back(&file);
    }
    scope = &sources_.scope(*options_, files);
    note_faults(*scope);
  }
  std::string folder = request_.directory;
  if (folder.empty())
    folder = request_.files.empty() ? request_.folder : std::string(folder_of(request_.files.front()));
  if (uses_dotenv) scope = with_dotenv(scope, folder);
  project_.scope = scope;

  project_.files = request_.files;
  if (const auto* named = scope->values.find("COMPOSE_FILE"); project_.files.empty() && named) {
    const std::string separator = value_of("COMPOSE_PATH_SEPARATOR");
    for (const std::string& part : split_at(named->text.text(), separator.empty() ? ":" : separator))
      project_.files.push_back(part.starts_with('/') ? part : join_path(request_.folder, part));
  }
  if (project_.files.empty()) find_default_files();
  project_.folder = request_.directory;
  if (project_.folder.empty() && !project_.files.empty()) project_.folder = folder_of(project_.files.front());
  const bool is_elsewhere = normal_path(project_.folder) != normal_path(folder);
  if (uses_dotenv && !project_.files.empty() && is_elsewhere)
    project_.scope = with_dotenv(scope, project_.folder);
}

/// From a project directory that is given docker compose looks upwards [F: cli.WithDefaultConfigPath]. Where
/// none is, the folders above are asked for themselves.
void Assembler::find_default_files() {
  std::string folder = request_.directory.empty() ? request_.folder : request_.directory;
  std::string main = first_of(sources_, folder, default_files);
  const auto may_be_above = [&] {
    const std::string& resolved = sources_.resolved(folder);
    return !request_.directory.empty() && !resolved.empty() && resolved != sources_.top_of(folder);
  };
  while (main.empty() && may_be_above()) {
    folder = normal_path(folder + "/..");
    main = first_of(sources_, folder, default_files);
  }
  if (main.empty()) return;
  project_.files.push_back(std::move(main));
  std::string over = first_of(sources_, folder, override_files);
  if (!over.empty()) project_.files.push_back(std::move(over));
}

/// A folder that is not there gives its name all the same.
std::string Assembler::name_of_folder() const {
  const std::string spelled = normal_path(project_.folder);
  const std::string& resolved = sources_.resolved(spelled);
  return compose::project_name_of(name_of(resolved.empty() ? spelled : resolved));
}

void Assembler::find_name() {
  if (const auto* given = project_.scope->values.find(name_variable); given && !given->text.text().empty()) {
    project_.name = given->text.text();
    if (compose::project_name_of(project_.name) == project_.name) return;
    std::string message = "'" + printable(project_.name) + "' is no name of a project: " +
                          "small letters, digits, '-' and '_' only, none of these two at the front";
    project_.refused = true;
    if (const auto place = given->text.place(); place && place->source)
      project_.env_faults.push_back({*place, std::move(message)});
    else
      project_.errors.push_back({.message = std::move(message)});
    return;
  }
  MappedText written;
  SourceFile* holder = nullptr;
  compose::NodeIndex holding = compose::no_node;
  for (const std::string& path : project_.files) {
    SourceFile* file = sources_.find(path);
    if (!file || !file->parsed || file->parsed->tree.documents.empty()) continue;
    compose::View view(file->parsed->tree);
    for (std::size_t document = 0; document < file->parsed->tree.documents.size(); ++document) {
      const compose::Position name = view.find(view.top(document), "name");
      if (view.text(name).empty()) continue;
      holder = file;
      holding = name.node;
      written = yaml::locate(*file->source, view[name], project_.arena).text;
    }
  }
  Scope& scope = sources_.scope(project_.scope);
  if (holder) {
    const Interpolation found = interpolate(written, project_.scope->values, project_.arena);
    project_.name = compose::project_name_of(found.value.text());
    if (project_.name.empty() && !found.fault) {
      Reading& reading = reading_of(*holder, scope, false);
      complain(reading, yaml::locate_token(*holder->source, holder->parsed->tree[holding]).token,
               "no name of a project is left of '" + printable(found.value.text()) + "'",
               Trouble::Kind::syntax);
    }
    // One that nobody knows, or that compose refuses, leaves that of the folder in the names of images.
    const std::string name = project_.name.empty() ? name_of_folder() : project_.name;
    const MappedText text =
        name == found.value.text() ? found.value : MappedText(project_.arena.copy(name), {});
    // Pieces must not point into the variables of this text: who reads the value has others.
    std::vector<Piece> pieces(text.pieces().begin(), text.pieces().end());
    for (Piece& piece : pieces) piece.variable = no_variable;
    scope.values.set(name_variable, {VariableSource::built_in,
                                     {text.text(), project_.arena.copy(std::span<const Piece>(pieces))}});
  } else {
    project_.name = name_of_folder();
    // Where a repository lies is nothing of its files, so it is only told.
    if (project_.name.empty())
      project_.remarks.push_back(
          {.message = "docker compose would stop: the name of the folder leaves no name for the project",
           .hint = "give the project a 'name'",
           .path = project_.files.empty() ? std::string() : project_.files.front()});
    scope.values.set(name_variable, {VariableSource::built_in, {project_.arena.copy(project_.name), {}}});
  }
  project_.scope = &scope;
}

}  // namespace imglint::assembly
