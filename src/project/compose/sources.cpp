#include "project/compose/sources.hpp"

#include "base/path.hpp"
#include "source/inside.hpp"
#include "source/read_file.hpp"
#include "yaml/refusals.hpp"

namespace imglint::assembly {

const std::string& Sources::top_of(const std::string& folder) {
  const auto [found, is_new] = tops_.try_emplace(folder);
  if (!is_new) return found->second;
  const auto resolved = files_.resolve(folder.empty() ? "." : folder);
  const auto here = files_.resolve(".");
  if (resolved) found->second = own_tree(files_, *resolved, here ? *here : std::string());
  return found->second;
}

/// Whether a name leads out only because of symbolic links.
bool Sources::is_written_inside(const std::string& name, const std::string& top) const {
  if (name.starts_with('/')) return is_inside(name, top);
  const auto here = files_.resolve(".");
  return here && is_inside(normal_path(join_path(*here, name)), top);
}

SourceFile& Sources::file(const std::string& path, const std::string& folder, bool named) {
  const auto [found, is_new] = all_.try_emplace(normal_path(path));
  SourceFile& file = found->second;
  if (!is_new) return file;
  const std::string& name = found->first;
  const auto status = files_.status(name);
  file.is_absent = !status && is_absent(status.error());
  file.is_folder = status && status->kind == FileKind::folder;
  const std::string& top = top_of(folder);
  if (!named && !file.is_absent)
    if (const auto real = files_.resolve(name); real && !is_inside(*real, top)) file.is_outside = true;
  if (file.is_outside && !is_written_inside(name, top)) {
    file.error = Error{.message = "not read: it lies outside of this repository", .path = name};
    return file;
  }
  // A text that was read before, or that an editor has, is asked of nobody.
  const bool stands_in = status && status->inode == 0 && !file.is_outside;
  auto content = named || stands_in ? read_file(files_, name, max_bytes_)
                                    : read_file_inside(files_, name, top, max_bytes_);
  if (!content) {
    file.error = std::move(content).error();
    return file;
  }
  file.status = content->status;
  file.owned = std::make_unique<Source>(name, std::move(content->bytes));
  file.source = file.owned.get();
  return file;
}

SourceFile& Sources::compose(const std::string& path, const std::string& folder, bool named) {
  SourceFile& found = file(path, folder, named);
  if (found.error || found.parsed) return found;
  found.parsed = yaml::parse(*found.source, static_cast<std::uint32_t>(max_bytes_), found.arena);
  if (!found.parsed->trouble) found.refused = yaml::refusals(*found.source, found.parsed->tree);
  return found;
}

SourceFile* Sources::find(const std::string& path) {
  const auto found = all_.find(normal_path(path));
  return found == all_.end() ? nullptr : &found->second;
}

bool Sources::exists(const std::string& path) {
  const auto known = all_.find(normal_path(path));
  if (known != all_.end() && known->second.source) return true;
  return files_.status(path).has_value();
}

bool Sources::is_file_inside(const std::string& path, const std::string& folder) {
  const auto status = files_.status(path);
  if (!status || status->kind != FileKind::regular) return false;
  const auto real = files_.resolve(path);
  return real && is_inside(*real, top_of(folder));
}

Scope& Sources::scope(const Scope* outer) {
  Scope& made = scopes_.emplace_back();
  made.outer = outer;
  if (outer) made.values = TemplateValues(&outer->values);
  return made;
}

const Scope& Sources::scope(const Scope& outer, const std::vector<SourceFile*>& env_files) {
  if (env_files.empty()) return outer;
  const auto [found, is_new] = made_.try_emplace({&outer, env_files});
  if (!is_new) return *found->second;
  Scope& made = scope(&outer);
  found->second = &made;
  for (const SourceFile* file : env_files) {
    if (!file->source) continue;
    made.files.push_back(file);
    const EnvFile content = read_env_file(*file->source, outer.values, made.values, arenas_.emplace_back());
    for (const GivenValue& value : content.values)
      if (!outer.values.find(value.name))
        made.values.set(value.name, {VariableSource::env_file, value.value, value.too_long});
    for (const Trouble& trouble : content.troubles)
      if (trouble.kind == Trouble::Kind::required_variable)
        made.lacks.push_back(file->source->path() + ": " + trouble.message);
      else if (trouble.kind != Trouble::Kind::too_large)
        made.faults.emplace_back(Location{file->source, trouble.span}, trouble.message);
  }
  return made;
}

}  // namespace imglint::assembly
