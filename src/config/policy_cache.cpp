#include "config/policy_cache.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/path.hpp"
#include "base/quote.hpp"
#include "config/idle_settings.hpp"
#include "config/run_config.hpp"
#include "config/value.hpp"
#include "source/inside.hpp"

namespace imglint {

namespace {

/// A folder, or the one above it whose path is not longer than the system takes: nothing is below.
std::string_view existing_part(std::string_view folder) {
  constexpr std::size_t longest = 4096;
  if (folder.size() <= longest) return folder;
  return folder.substr(0, std::max<std::size_t>(1, folder.rfind('/', longest)));
}

}  // namespace

PolicyCache::PolicyCache(FileSystem& files, std::span<const RuleInfo* const> rules, PolicyOptions options)
    : files_(files), rules_(rules), options_(std::move(options)) {
  const FileResult<std::string> current = files_.resolve(".");
  current_ = current ? *current : "/";
  if (!current) errors_.push_back(file_error("cannot tell which folder this is", ".", current.error()));
  check_rule_names(options_.select, "--select");
  check_rule_names(options_.ignore, "--ignore");
}

void PolicyCache::check_rule_names(const std::vector<std::string>& names, std::string_view option) {
  std::vector<std::string> known;
  for (const RuleInfo* rule : rules_) known.emplace_back(rule->name);
  for (const std::string& name : names)
    if (std::find(known.begin(), known.end(), name) == known.end())
      errors_.push_back({.message = "unknown rule " + quote(name) + " for " + std::string(option),
                         .hint = rule_suggestion(name, known, {})});
}

FilePolicy PolicyCache::policy_for(const std::string& path) {
  // Without configurations nothing depends on where a file is, and to know that of all folders takes memory.
  const std::string absolute = options_.isolated ? path : join_path(absolute_folder(path), name_of(path));
  Loaded& loaded = config_of(std::string(folder_of(absolute)));
  note_chosen(loaded.config, absolute, loaded.chosen);
  const auto [entry, added] = loaded.policies.try_emplace(policy_key(loaded.config, absolute));
  if (added) {
    const EffectiveSettings settings =
        effective_settings(loaded.config, rules_, {.path = absolute, .as_of = options_.as_of});
    add_contradictions(settings, loaded.config, path);
    entry->second = to_policy(settings, rules_, options_.as_of);
    select_rules(entry->second);
    entry->second.lock = lock_of(loaded);
  }
  return {&entry->second, loaded.config.layers.empty() ? nullptr : &loaded.config};
}

FileChoice PolicyCache::choice_for(const std::string& path) {
  const ChooseInFolder in_folder = chooser()(std::string(folder_of(path)), nullptr);
  return in_folder ? in_folder(name_of(path)) : FileChoice{};
}

std::vector<OwnPlace> PolicyCache::places_for(const std::string& path) {
  const std::string& folder = absolute_folder(path);
  return own_places(config_of(folder).config, join_path(folder, name_of(path)));
}

FileChooser PolicyCache::chooser() {
  return [this](const std::string& folder, const FolderEntries* listed) -> ChooseInFolder {
    if (options_.isolated) return {};
    const std::string absolute = absolute_folder(join_path(folder, "any"), listed);
    Loaded& loaded = config_of(absolute, listed);
    if (const FileChoice& above = choice_from_above(loaded); above.excluded)
      return [above](std::string_view) { return above; };
    const Config& config = loaded.config;
    if (!chooses_files(config)) return {};
    return
        [&config, absolute](std::string_view name) { return file_choice(config, join_path(absolute, name)); };
  };
}

/// A walk does not get to a configuration that lies in what one above it excludes. Of the one that counts in
/// the current folder that is not asked: who works there means it.
const FileChoice& PolicyCache::choice_from_above(Loaded& loaded) {
  if (loaded.from_above) return *loaded.from_above;
  FileChoice& choice = loaded.from_above.emplace();
  const bool is_of_current = loaded.folder.empty() || is_inside(current_, loaded.folder);
  if (is_of_current || exists(loaded.folder, ".git", nullptr)) return choice;
  Loaded& above = config_of(std::string(folder_of(loaded.folder)));
  choice = choice_from_above(above);
  if (choice.excluded) return choice;
  FileChoice own = file_choice(above.config, join_path(loaded.folder, config_names[0]));
  if (own.excluded) choice = std::move(own);
  return choice;
}

EffectiveSettings PolicyCache::settings_for(const std::string& path) {
  const std::string folder = absolute_folder(path);
  const Config& config = config_of(folder).config;
  EffectiveSettings settings =
      effective_settings(config, rules_, {.path = join_path(folder, name_of(path)), .as_of = options_.as_of});
  add_contradictions(settings, config, path);
  return settings;
}

/// Overrides that contradict each other do so for many files; that is said once.
void PolicyCache::add_contradictions(const EffectiveSettings& settings, const Config& config,
                                     const std::string& path) {
  if (config.layers.empty()) return;  // the defaults do not contradict each other
  for (Error& error : find_contradictions(settings, config, path)) {
    const auto same_place = [&](const Error& known) {
      return known.path == error.path && known.line == error.line && known.column == error.column;
    };
    if (std::none_of(errors_.begin(), errors_.end(), same_place)) errors_.push_back(std::move(error));
  }
}

/// A folder that is not there (of a file given by name for standard input), or that cannot be got to, is
/// taken by its spelling. One that a walk has listed is no link.
const std::string& PolicyCache::absolute_folder(const std::string& path, const FolderEntries* listed) {
  const std::string folder(folder_of(path));
  const auto [entry, added] = absolute_.try_emplace(folder);
  if (!added) return entry->second;
  // The system's way looks at each part of the path, which in a deep tree takes the time of its depth
  // squared.
  const std::string_view name = name_of(folder);
  const auto above = absolute_.find(folder_of(folder));
  if (above != absolute_.end() && above != entry && !name.empty() && name != "." && name != "..") {
    const auto is_folder = [&] {
      const auto status = files_.link_status(folder);
      return status && status->kind == FileKind::folder;
    };
    if (listed || is_folder()) return entry->second = join_path(above->second, name);
  }
  const FileResult<std::string> resolved = files_.resolve(folder);
  const bool is_shut = !resolved && resolved.error() == std::errc::permission_denied;
  if (!resolved && !is_shut && !is_absent(resolved.error()))
    errors_.push_back(file_error("cannot look for the configuration", folder, resolved.error()));
  entry->second = resolved                  ? *resolved
                  : folder.starts_with('/') ? normal_path(folder)
                                            : normal_path(join_path(current_, folder));
  return entry->second;
}

/// To take a configuration that cannot be looked at, or a link to one that is gone, for one that is not there
/// would change what is reported.
bool PolicyCache::exists(const std::string& folder, std::string_view name, const FolderEntries* listed) {
  if (listed && std::none_of(listed->begin(), listed->end(),
                             [&](const FolderEntry& entry) { return entry.name == name; }))
    return false;
  const std::string path = join_path(folder, name);
  const auto named = files_.link_status(path);
  // No file of a folder that may not be entered is read either, and that is told of the file. What lies above
  // the current folder holds for files that are read.
  const bool is_shut =
      !named && named.error() == std::errc::permission_denied && !is_inside(current_, folder);
  if (is_shut || (!named && is_absent(named.error()))) return false;
  const bool is_link = named && named->kind == FileKind::symbolic_link;
  const auto status = is_link ? files_.status(path) : named;
  const bool leads_nowhere = !status && is_absent(status.error());
  if (leads_nowhere && name != ".git")
    errors_.push_back({.message = "it is a symbolic link that leads to nothing",
                       .hint = "remove the link, or put the configuration where it leads",
                       .path = shown(path)});
  else if (!status && !leads_nowhere)
    errors_.push_back(file_error("cannot look for the configuration", path, status.error()));
  return status.has_value();
}

PolicyCache::Loaded& PolicyCache::config_of(const std::string& folder, const FolderEntries* listed) {
  if (options_.isolated) return none_;
  if (!options_.config.empty())
    return load({.path = options_.config, .shown = options_.config, .folder = current_});
  std::vector<Loaded**> below;  // folders whose configuration is that of the one looked at
  Loaded* found = nullptr;
  for (std::string_view at = existing_part(folder); !found; at = folder_of(at)) {
    const auto [entry, added] = folders_.try_emplace(std::string(at), nullptr);
    found = added ? search(entry->first, at == folder ? listed : nullptr) : entry->second;
    if (added) below.push_back(&entry->second);
  }
  for (Loaded** config : below) *config = found;
  return *found;
}

/// Looks in one folder; none at the top of the repository; null if the one above decides.
PolicyCache::Loaded* PolicyCache::search(const std::string& folder, const FolderEntries* listed) {
  std::vector<std::string> found;
  for (const std::string_view name : config_names)
    if (exists(folder, name, listed)) found.push_back(join_path(folder, name));
  if (!found.empty()) {
    const bool known = loaded_.contains(found.front());
    if (found.size() > 1 && !known)
      errors_.push_back({.message = "there is " + std::string(config_names[0]) + " and " +
                                    std::string(config_names[1]) + " in one folder",
                         .hint = "keep one of them",
                         .path = shown(found.back())});
    Loaded& loaded = load({.path = found.front(),
                           .shown = shown(found.front()),
                           .folder = folder,
                           .top = own_tree(files_, folder, current_)});
    loaded.folder = folder;
    return &loaded;
  }
  const bool is_top = folder == "/" || folder == "." || folder.empty() || exists(folder, ".git", listed);
  if (!is_top) return nullptr;
  if (folder == current_ || folder.empty()) return &none_;
  // Without a configuration the lock at the top of the repository counts.
  std::optional<DigestLock> lock = read_lock(folder);
  if (!lock) return &none_;
  Loaded& top = loaded_[join_path(folder, digest_lock_name)];
  top.lock = *std::move(lock);
  return &top;
}

std::vector<Error> PolicyCache::ignored_run_keys() {
  const Config& here = config_of(current_).config;
  std::vector<Error> remarks;
  for (const auto& [path, loaded] : loaded_)
    for (Error& remark : imglint::ignored_run_keys(loaded.config, here)) {
      const bool told =
          std::ranges::any_of(remarks, [&](const Error& known) { return known.path == remark.path; });
      if (!told) remarks.push_back(std::move(remark));
    }
  return remarks;
}

std::vector<Error> PolicyCache::idle_settings(bool is_run) {
  std::vector<Error> remarks;
  for (const auto& [path, loaded] : loaded_)
    if (!loaded.folder.empty() && is_inside(loaded.folder, current_))
      for (Error& remark : imglint::idle_settings(
               loaded.config, files_, {.chosen = is_run ? &loaded.chosen : nullptr, .as_of = options_.as_of}))
        remarks.push_back(std::move(remark));
  return remarks;
}

/// Whether a file of the current folder is among those read: it may be extended, or linked to.
bool PolicyCache::is_read(const std::string& name) const {
  const FileResult<std::string> meant = files_.resolve(join_path(current_, name));
  return meant && std::ranges::any_of(files_read(), [&](const std::string& read) {
           const FileResult<std::string> path = files_.resolve(read);
           return path && *path == *meant;
         });
}

std::vector<Error> PolicyCache::misnamed() const {
  std::vector<Error> remarks;
  if (options_.isolated || !options_.config.empty()) return remarks;
  for (const auto& [written, meant] : misnamed_configs) {
    const std::string near(written);
    const auto status = files_.link_status(join_path(current_, near));
    if (!status || status->kind == FileKind::folder || is_read(near)) continue;
    remarks.push_back({.message = "not read: a configuration is called " + quote(meant), .path = near});
  }
  return remarks;
}

std::vector<std::string> PolicyCache::files_read() const {
  std::vector<std::string> files;
  for (const auto& [path, loaded] : loaded_) {
    files.push_back(path);
    for (const ConfigLayer& layer : loaded.config.layers) files.push_back(normal_path(layer.file));
  }
  // Of one with mistakes nothing else is kept.
  for (const Error& error : errors_)
    if (!error.path.empty()) files.push_back(normal_path(error.path));
  return files;
}

PolicyCache::Loaded& PolicyCache::load(const ConfigSource& source) {
  const auto [entry, added] = loaded_.try_emplace(source.path);
  if (!added) return entry->second;
  auto config = load_config(source, files_, rules_);
  if (config)
    entry->second.config = *std::move(config);
  else
    for (Error& error : config.error()) errors_.push_back(std::move(error));
  if (source.folder != current_) entry->second.lock = read_lock(source.folder);
  return entry->second;
}

/// A lock that is there and cannot be read is a mistake, like that of a configuration.
std::optional<DigestLock> PolicyCache::read_lock(const std::string& folder) {
  constexpr std::uint64_t most_bytes = 64u << 20;
  const std::string path = join_path(folder, digest_lock_name);
  const auto status = files_.link_status(path);
  if (!status && is_absent(status.error())) return std::nullopt;
  auto content = read_file_inside(files_, path, own_tree(files_, folder, current_), most_bytes);
  if (!content) {
    Error error = std::move(content).error();
    error.path = shown(path);
    errors_.push_back(std::move(error));
    return std::nullopt;
  }
  auto lock = read_digest_lock(content->bytes);
  if (lock) return *std::move(lock);
  Error error = lock.error();
  error.path = shown(path);
  errors_.push_back(std::move(error));
  return std::nullopt;
}

std::optional<DigestLock> PolicyCache::lock_of(const Loaded& loaded) {
  if (options_.isolated) return std::nullopt;
  if (loaded.lock) return loaded.lock;
  if (!looked_for_lock_) current_lock_ = read_lock(current_);
  looked_for_lock_ = true;
  return current_lock_;
}

std::string PolicyCache::shown(const std::string& path) const {
  if (options_.whole_paths) return path;
  const std::string below = current_ == "/" ? current_ : current_ + "/";
  return path.starts_with(below) ? path.substr(below.size()) : path;
}

void PolicyCache::select_rules(Policy& policy) const {
  policy.is_narrowed = !options_.select.empty() || !options_.ignore.empty();
  for (auto& entry : policy.rules) {
    const std::string& name = entry.first;
    RuleSettings& settings = entry.second;
    const auto names = [&](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    const bool selected = options_.select.empty() || names(options_.select);
    if (!selected || names(options_.ignore)) {
      settings.severity = Severity::off;
    } else if (!options_.select.empty() && settings.severity == Severity::off) {
      settings.severity = Severity::warning;
      settings.severity_is_said = false;
    }
  }
}

}  // namespace imglint
