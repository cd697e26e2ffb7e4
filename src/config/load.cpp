// Reads a configuration with all that it extends.
#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "config/keys.hpp"
#include "config/read.hpp"
#include "source/inside.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

constexpr std::size_t most_layers = 32;

class Loader {
 public:
  Loader(FileSystem& files, const std::vector<ConfigKey>& keys) : files_(files), keys_(keys) {}

  /// Adds the layers a file extends, then its own.
  void load(const ConfigSource& source, const Error* from) {
    const FileResult<std::string> absolute = files_.resolve(source.path);
    const std::string identity = absolute ? *absolute : source.path;
    if (std::find(open_.begin(), open_.end(), identity) != open_.end()) return fail(from, "extends itself");
    // Two files may extend the same one; its lists must not come twice.
    if (std::find(done_.begin(), done_.end(), identity) != done_.end()) return;
    if (config_.layers.size() + open_.size() >= most_layers) return fail(from, "extends too many files");
    Result<FileContent> content = source.top.empty()
                                      ? read_file(files_, source.path, most_config_bytes)
                                      : read_file_inside(files_, source.path, source.top, most_config_bytes);
    if (!content) {
      Error error = std::move(content).error();
      error.path = source.shown;
      if (source.path == "/dev/null") error.hint = "--isolated uses no configuration";
      if (from != nullptr)
        error = {from->message + ": " + error.message, error.hint, from->path, from->line, from->column};
      errors_.push_back(std::move(error));
      return;
    }
    open_.push_back(identity);
    load_bytes(source, std::move(content->bytes));
    open_.pop_back();
    done_.push_back(identity);
  }

  void load_bytes(const ConfigSource& source, std::string bytes) {
    const Source text(source.shown, std::move(bytes));
    auto layer = read_config_layer(text, source.folder, keys_);
    if (!layer) {
      for (Error& error : layer.error()) errors_.push_back(std::move(error));
      return;
    }
    for (const Placed<std::string>& base : layer->extends) load_base(source, base);
    config_.layers.push_back(*std::move(layer));
  }

  Result<Config, ConfigErrors> finish(std::span<const RuleInfo* const> rules) && {
    if (errors_.empty()) errors_ = find_contradictions(config_, rules);
    if (!errors_.empty()) return std::move(errors_);
    return std::move(config_);
  }

 private:
  void load_base(const ConfigSource& source, const Placed<std::string>& base) {
    const Error from{.message = "'" + base.value + "' cannot be extended",
                     .path = base.place.file,
                     .line = base.place.line,
                     .column = base.place.column};
    if (base.value.starts_with('/') || base.value.find("://") != base.value.npos)
      return fail(&from, "it must be a relative path");
    if (!source.top.empty() && !is_inside(normal_path(join_path(source.folder, base.value)), source.top))
      return fail(&from, outside_of(source.top), "let it lie inside, or give a configuration with --config");
    const std::string path = join_path(folder_of(source.path), base.value);
    const FileResult<std::string> folder = files_.resolve(std::string(folder_of(path)));
    load({.path = path,
          .shown = shown_path(join_path(folder_of(source.shown), base.value)),
          .folder = folder ? *folder : std::string(folder_of(path)),
          .top = source.top},
         &from);
  }

  /// `.imglint.yaml` for `a/../.imglint.yaml`; as it is where `a` is a link that leads elsewhere.
  [[nodiscard]] std::string shown_path(const std::string& path) const {
    std::string normal = normal_path(path);
    if (normal == path) return normal;
    const FileResult<std::string> written = files_.resolve(path);
    const FileResult<std::string> meant = files_.resolve(normal);
    return written && meant && *written == *meant ? normal : path;
  }

  /// That a file lies elsewhere than a folder that own_tree() gave.
  [[nodiscard]] std::string_view outside_of(const std::string& top) const {
    const bool is_repository = files_.link_status(join_path(top, ".git")).has_value();
    return is_repository ? "it lies outside of the repository" : "it lies outside of this folder";
  }

  void fail(const Error* from, std::string_view why, std::string_view hint = {}) {
    Error error = from != nullptr ? *from : Error{.message = "the configuration"};
    error.message += ": " + std::string(why);
    error.hint = hint;
    errors_.push_back(std::move(error));
  }

  FileSystem& files_;
  const std::vector<ConfigKey>& keys_;
  std::vector<std::string> open_;  // files whose bases are being read
  std::vector<std::string> done_;
  Config config_;
  ConfigErrors errors_;
};

}  // namespace

Result<Config, ConfigErrors> load_config(const ConfigSource& source, FileSystem& files,
                                         std::span<const RuleInfo* const> rules) {
  const std::vector<ConfigKey> keys = config_keys(rules);
  Loader loader(files, keys);
  loader.load(source, nullptr);
  return std::move(loader).finish(rules);
}

Result<Config, ConfigErrors> parse_config(std::string_view text, const ConfigSource& source,
                                          std::span<const RuleInfo* const> rules) {
  const std::vector<ConfigKey> keys = config_keys(rules);
  const Source bytes(source.shown, std::string(text));
  auto layer = read_config_layer(bytes, source.folder, keys);
  if (!layer) return std::move(layer.error());
  Config config;
  config.layers.push_back(*std::move(layer));
  if (ConfigErrors errors = find_contradictions(config, rules); !errors.empty()) return errors;
  return config;
}

}  // namespace imglint
