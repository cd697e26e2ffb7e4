#include "project/compose/sources.hpp"

#include <algorithm>

#include "base/path.hpp"
#include "kinds/kind.hpp"
#include "project/parallel.hpp"
#include "source/inside.hpp"
#include "source/read_file.hpp"
#include "yaml/refusals.hpp"

namespace imglint::assembly {

void Sources::begin(const std::vector<FoundFile>& found, const KnownFiles& known) {
  known_ = &known;
  real_names_.note(found);
}

void Sources::know(const std::vector<FoundFile>& found) {
  const Walked* walked = nullptr;
  std::optional<std::string_view> given;
  for (const FoundFile& file : found) {
    if (file.given >= file.path.size()) continue;
    const std::string_view path = file.path;
    if (path.substr(0, file.given) != given) {
      given = path.substr(0, file.given);
      walked = walked_from(normal_path(*given));
    }
    if (!walked || !file.kind->reads_env_files) continue;
    std::string folder = normal_path(folder_of(path));
    const std::size_t own = folder.size();
    for (; folder.size() > walked->path.size(); folder = folder_of(folder)) {
      if (folder == ".") break;
      const std::size_t behind = walked->path.empty() || walked->path == "/" ? 0 : walked->path.size() + 1;
      const auto [known, is_new] = folders_.try_emplace(folder);
      if (folder.size() == own) known->second.beside = file.beside;
      if (!is_new) break;
      known->second.resolved = join_path(walked->resolved, std::string_view(folder).substr(behind));
    }
  }
}

const Sources::Walked* Sources::walked_from(std::string path) {
  const auto real = files_.resolve(path);
  if (path == ".") path.clear();
  for (const Walked& known : walked_)
    if (known.path == path) return &known;
  if (!real || path == "/") return nullptr;
  return &walked_.emplace_back(Walked{std::move(path), *real});
}

const Sources::Walked* Sources::outermost_around(const std::string& resolved_folder) const {
  const Walked* found = nullptr;
  for (const Walked& walked : walked_)
    if (is_inside(resolved_folder, walked.resolved) &&
        (!found || walked.resolved.size() < found->resolved.size()))
      found = &walked;
  return found;
}

const std::string& Sources::resolved(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  return resolved_unlocked(folder);
}

const std::string& Sources::resolved_unlocked(const std::string& folder) {
  const auto [found, is_new] = folders_.try_emplace(folder);
  std::string& resolved = found->second.resolved;
  if (!is_new) return resolved;
  if (const auto real = files_.resolve(folder.empty() ? "." : folder)) resolved = *real;
  return resolved;
}

/// The nearest folder that has a `.git`.
const std::string& Sources::work_tree_of(const std::string& folder) {
  const auto [found, is_new] = work_trees_.try_emplace(folder);
  if (!is_new) return found->second;
  std::string tree;
  if (files_.link_status(join_path(folder, ".git")))
    tree = folder;
  else if (folder != "/" && folder != ".")
    tree = work_tree_of(std::string(folder_of(folder)));
  return work_trees_[folder] = std::move(tree);
}

const std::string& Sources::top_of(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  if (const auto known = tops_.find(folder); known != tops_.end()) return known->second;
  std::string top = resolved_unlocked(folder);
  const std::string& current = resolved_unlocked(".");
  if (!top.empty()) {
    const bool is_surely_inside =
        top != "/" && !folders_.find(folder)->second.beside.may_have(repository_name);
    const std::string& tree = work_tree_of(is_surely_inside ? std::string(folder_of(top)) : top);
    if (!tree.empty())
      top = tree;
    else if (!current.empty() && is_inside(top, current))
      top = current;
    else if (const Walked* walked = outermost_around(top))
      top = walked->resolved;
  }
  return tops_[folder] = std::move(top);
}

std::string Sources::name_here(std::string_view path) {
  std::string name = normal_path(path);
  if (!name.starts_with("../") || here().empty()) return name;
  const std::string whole = normal_path(join_path(here(), name));
  if (!is_inside(whole, here()) || whole == here()) return name;
  return whole.substr(here() == "/" ? 1 : here().size() + 1);
}

std::string Sources::real_name(std::string_view path, const std::string& folder) {
  std::string name = name_here(path);
  if (known_ && known_->find(name)) return name;
  {
    const std::lock_guard lock(mutex_);
    if (const auto asked = asked_names_.find(name); asked != asked_names_.end()) return asked->second;
  }
  std::string found = name;
  const auto status = files_.status(name);
  if (status && status->kind == FileKind::regular)
    if (const auto real = files_.resolve(name); real && is_inside(*real, top_of(folder)))
      found = real_names_.name_of(name, *real, here(), known_);
  const std::lock_guard lock(mutex_);
  return asked_names_[std::move(name)] = std::move(found);
}

std::string Sources::known_name(const std::string& path) {
  const std::string name = name_here(path);
  const std::lock_guard lock(mutex_);
  const auto found = all_.find(name);
  return found != all_.end() && found->second.behind_link ? found->second.real_name : normal_path(path);
}

std::vector<std::pair<std::string, std::string>> Sources::names_behind_links() {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, std::string>> names;
  for (const auto& [name, file] : all_)
    if (file.behind_link) names.emplace_back(name, file.real_name);
  for (const auto& [name, real] : asked_names_)
    if (name != real) names.emplace_back(name, real);
  return names;
}

/// Whether a name leads out only because of symbolic links.
bool Sources::is_written_inside(const std::string& name, const std::string& top) {
  if (name.starts_with('/')) return is_inside(name, top);
  return !here().empty() && is_inside(normal_path(join_path(here(), name)), top);
}

std::optional<std::size_t> Sources::walked_part(const std::string& path, const std::string& top) const {
  for (const Walked& walked : walked_) {
    if (top.empty() || !is_inside(walked.resolved, top)) continue;
    const std::size_t size = walked.path.size();
    const bool is_below = size == 0
                              ? !path.starts_with('/') && !path.starts_with("..")
                              : path.size() > size && path.starts_with(walked.path) && path[size] == '/';
    if (is_below) return size;
  }
  return std::nullopt;
}

/// Without looking where links lead, if there are none. False if nothing could be read in this way.
bool Sources::read_walked(SourceFile& file, const std::string& name, const std::string& top) {
  const auto part = walked_part(name, top);
  if (!part) return false;
  auto content = read_file_below(files_, name, *part, max_bytes_);
  if (!content) return false;
  take(file, name, *std::move(content));
  return true;
}

void Sources::take(SourceFile& file, const std::string& name, FileContent content) const {
  file.status = content.status;
  file.owned = std::make_unique<Source>(name, std::move(content.bytes));
  file.source = file.owned.get();
}

SourceFile& Sources::entry(const std::string& name) {
  const std::lock_guard lock(mutex_);
  return all_.try_emplace(name).first->second;
}

SourceFile& Sources::file(const std::string& path, const std::string& folder, bool named) {
  const std::string name = name_here(path);
  SourceFile& file = entry(name);
  file.is_read.call([&] { read(file, name, folder, named); });
  if (!file.behind_link) return file;
  SourceFile& behind = *file.behind_link;
  behind.is_read.call([&] { read(behind, file.real_name, folder, named); });
  return behind;
}

/// Under which name the run knows a file that can be read.
std::string Sources::name_behind(const std::string& name, const std::string& real, const FileStatus& status,
                                 bool named) {
  if (status.kind != FileKind::regular || (known_ && known_->find(name))) return name;
  std::string found = real_names_.name_of(name, real, here(), known_);
  if (found == name) return name;
  // A name that the user gave stays, but for a file that the run has already.
  if (named && !(known_ && known_->find(found))) return name;
  // A text may stand in for the link alone, as in an editor.
  const auto behind = status.inode == 0 ? files_.status(found) : FileResult<FileStatus>(status);
  const bool is_own_text = status.inode == 0 && (!behind || behind->inode != 0);
  return is_own_text ? name : found;
}

/// False if links have changed meanwhile: what one leads to is none itself.
bool Sources::put_behind(SourceFile& link, std::string name) {
  const std::lock_guard lock(mutex_);
  SourceFile& behind = all_.try_emplace(name).first->second;
  if (link.is_behind_link || behind.behind_link) return false;
  behind.is_behind_link = true;
  link.behind_link = &behind;
  link.real_name = std::move(name);
  return true;
}

void Sources::read(SourceFile& file, const std::string& name, const std::string& folder, bool named) {
  const std::string& top = top_of(folder);
  if (!named && read_walked(file, name, top)) return;
  const auto status = files_.status(name);
  file.is_absent = !status && is_absent(status.error());
  file.is_folder = status && status->kind == FileKind::folder;
  const auto real = file.is_absent ? FileResult<std::string>(status.error()) : files_.resolve(name);
  file.is_outside = !named && real && !is_inside(*real, top);
  if (status && real && !file.is_outside)
    if (std::string behind = name_behind(name, *real, *status, named); behind != name)
      if (put_behind(file, std::move(behind))) return;
  if (file.is_outside && !is_written_inside(name, top)) {
    file.error = Error{.message = "not read: it lies outside of this repository", .path = name};
    return;
  }
  // A text that was read before, or that an editor has, is asked of nobody.
  const bool stands_in = status && status->inode == 0 && !file.is_outside;
  auto content = named || stands_in ? read_file(files_, name, max_bytes_)
                                    : read_file_inside(files_, name, top, max_bytes_);
  if (content)
    take(file, name, *std::move(content));
  else
    file.error = std::move(content).error();
}

SourceFile& Sources::compose(const std::string& path, const std::string& folder, bool named) {
  SourceFile& found = file(path, folder, named);
  found.is_parsed.call([&] {
    if (!found.error) parse(found);
  });
  return found;
}

void Sources::parse(SourceFile& file) const {
  file.parsed = yaml::parse(*file.source, static_cast<std::uint32_t>(max_bytes_), file.arena);
  file.parsed->tree.nodes.shrink_to_fit();  // it stays until all projects are put together
  if (!file.parsed->trouble) file.refused = yaml::refusals(*file.source, file.parsed->tree);
}

void Sources::read_ahead(const std::vector<std::string>& paths, unsigned jobs) {
  struct Ahead {
    const std::string* name;
    SourceFile* file;
    std::size_t given;  ///< how much of the name may lead through links
  };
  std::vector<Ahead> ahead;
  std::string folder;
  const std::string* top = nullptr;  // of the folder
  for (const std::string& path : paths) {
    std::string name = normal_path(path);
    if (!top || folder_of(name) != folder) {
      folder = folder_of(name);
      top = &top_of(folder);
    }
    const auto given = walked_part(name, *top);
    if (!given) continue;
    const std::size_t before = all_.size();
    const auto found = all_.try_emplace(all_.end(), std::move(name));  // most come in order
    if (all_.size() > before) ahead.push_back({&found->first, &found->second, *given});
  }
  std::vector<const std::string*> unread;
  for_each_in_order(
      ahead.size(), jobs,
      [&](std::size_t i) {
        const Ahead& one = ahead[i];
        SourceFile& file = *one.file;
        auto content = read_file_below(files_, *one.name, one.given, max_bytes_);
        if (!content) return false;
        file.is_read.call([&] { take(file, *one.name, *std::move(content)); });
        file.is_parsed.call([&] { parse(file); });
        return true;
      },
      [&](std::size_t i, bool is_read) {
        if (!is_read) unread.push_back(ahead[i].name);
        return true;
      });
  for (const std::string* name : unread) all_.erase(all_.find(*name));
}

SourceFile* Sources::find(const std::string& path) {
  const std::string name = name_here(path);
  const std::lock_guard lock(mutex_);
  const auto found = all_.find(name);
  if (found == all_.end()) return nullptr;
  return found->second.behind_link ? found->second.behind_link : &found->second;
}

bool Sources::exists(const std::string& path) {
  const SourceFile* known = find(path);
  return (known && known->source) || files_.status(path).has_value();
}

Beside Sources::beside(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  const auto known = folders_.find(folder);
  return known == folders_.end() ? Beside() : known->second.beside;
}

bool Sources::is_file_inside(const std::string& path, const std::string& folder) {
  const auto status = files_.status(path);
  if (!status || status->kind != FileKind::regular) return false;
  const auto real = files_.resolve(path);
  return real && is_inside(*real, top_of(folder));
}

Scope& Sources::scope(const Scope* outer) {
  Scope* made = nullptr;
  {
    const std::lock_guard lock(mutex_);
    made = &scopes_.emplace_back();
  }
  made->outer = outer;
  if (outer) made->values = TemplateValues(&outer->values);
  return *made;
}

const EnvFile* Sources::assignments_of(const SourceFile& file) {
  const std::lock_guard lock(mutex_);
  return file.assignments ? &*file.assignments : nullptr;
}

/// What an env file gives to a scope.
static void add_assignments(const SourceFile& file, const EnvFile& content, Scope& scope) {
  for (const GivenValue& value : content.values)
    if (!scope.outer->values.find(value.name))
      scope.values.set(value.name, {VariableSource::env_file, value.value, value.too_long});
  for (const Trouble& trouble : content.troubles)
    if (trouble.kind == Trouble::Kind::required_variable)
      scope.lacks.push_back({{file.source, trouble.span}, trouble.message});
    else if (trouble.kind != Trouble::Kind::unjudged)
      scope.faults.push_back({{file.source, trouble.span}, trouble.message});
}

const Scope& Sources::scope(const Scope& outer, const std::vector<SourceFile*>& env_files) {
  if (env_files.empty()) return outer;
  Scope& made = scope(&outer);
  Arena* arena = nullptr;
  {
    // Scopes belong to a project, so that no other thread asks for the same.
    const std::lock_guard lock(mutex_);
    const auto [found, is_new] = made_.try_emplace({&outer, env_files}, &made);
    if (!is_new) return *found->second;
    arena = &arenas_.emplace_back();
  }
  for (SourceFile* file : env_files) {
    if (!file->source) continue;
    made.files.push_back(file);
    // Without variables it says the same to all.
    const bool is_plain = file->source->bytes().find('$') == std::string_view::npos;
    const EnvFile* known = is_plain ? assignments_of(*file) : nullptr;
    EnvFile own;
    if (!known) own = read_env_file(*file->source, outer.values, made.values, *arena);
    add_assignments(*file, known ? *known : own, made);
    if (known || (!is_plain && (outer.outer || made.files.size() > 1))) continue;
    const std::lock_guard lock(mutex_);
    if (!file->assignments) file->assignments = std::move(own);
  }
  return made;
}

}  // namespace imglint::assembly
