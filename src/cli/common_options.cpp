#include "cli/common_options.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "cli/choice.hpp"
#include "cli/idle_options.hpp"
#include "config/keys.hpp"
#include "kinds/index.hpp"
#include "project/discover.hpp"
#include "project/recogniser.hpp"
#include "project/staged.hpp"
#include "source/overlay_file_system.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

using Assignments = std::vector<std::pair<std::string, std::string>>;

Result<Assignments> assignments(const std::vector<std::string>& words, std::string_view option) {
  Assignments result;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      return Error{.message = std::string(option) + " wants NAME=VALUE, not '" + printable(word) + "'"};
    result.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  return result;
}

Result<void> load_input(const CommonOptions& options, const LoadOptions& load, const FileChooser& choose,
                        const Session& session, Project& into) {
  auto text = session.read_input(options.max_file_size);
  if (!text) return std::move(text).error();
  const std::string path = options.stdin_filename.empty() ? "<stdin>" : options.stdin_filename;
  if (auto is_text = check_is_text(*text, path); !is_text) return is_text;
  Recogniser recogniser(choose);
  const KindInfo& kind = options.stdin_filename.empty() ? kind_of_text(*text)
                                                        : *named_kind(session.files, recogniser, path, *text);
  load_text(path, std::move(*text), kind, load, session.files, into);
  return {};
}

}  // namespace

bool reads_input(const CommonOptions& options) {
  return options.paths.size() == 1 && options.paths[0] == "-";
}

Result<LoadOptions> load_options(const CommonOptions& options) {
  if (options.paths.size() > 1 && std::ranges::find(options.paths, "-") != options.paths.end())
    return Error{.message = "'-' is standard input, and stands alone",
                 .hint = "a file of that name is './-'"};
  for (const std::string& file : options.compose_files)
    if (const KindInfo* kind = walked_kind(file); kind && kind->is_built)
      return Error{.message = "-f names compose files, as for docker compose, and " + quote(printable(file)) +
                              " is a Dockerfile by its name",
                   .hint = "name it without -f"};
  auto env = assignments(options.env, "--env");
  if (!env) return std::move(env).error();
  auto build_args = assignments(options.build_args, "--build-arg");
  if (!build_args) return std::move(build_args).error();
  return LoadOptions{.env = std::move(*env),
                     .build_args = std::move(*build_args),
                     .env_files = options.env_files,
                     .compose_files = options.compose_files,
                     .project_directory = options.project_directory,
                     .profiles = options.profiles,
                     .projects = options.projects,
                     .contexts = options.contexts,
                     .max_bytes = options.max_file_size,
                     .jobs = options.jobs,
                     .salvage = options.salvage,
                     .templates = options.templates,
                     .scripts = std::ranges::find(options.include, "scripts") != options.include.end()};
}

namespace {

/// `--context base=../base` is how docker build says it.
CLI::Validator context_name() {
  return CLI::Validator(
      [](const std::string& word) {
        const std::string name = word.substr(0, word.find('='));
        return name == word ? std::string() : "takes the name alone, " + quote(name) + ", not " + quote(word);
      },
      "");
}

void add_project_options(CLI::App& command, CommonOptions& options, const char* reading) {
  command.add_option("--env", options.env, "Value of a compose variable, NAME=VALUE")
      ->type_name("NAME=VALUE")
      ->group(reading);
  command.add_option("--env-file", options.env_files, "Compose variables from a file, in place of .env")
      ->type_name("FILE")
      ->group(reading);
  command
      .add_option("-f,--file", options.compose_files,
                  "A file of the compose project, in order, as for docker compose")
      ->type_name("FILE")
      ->group(reading);
  command
      .add_option("--project-directory", options.project_directory,
                  "What paths in the project are relative to")
      ->type_name("FOLDER")
      ->group(reading);
  command.add_option("--profile", options.profiles, "A compose profile that is on")
      ->type_name("NAME")
      ->group(reading);
}

/// Makes the number of bytes of `4MiB`. The table of units is made where it is used: that takes a twentieth
/// of a run over one small file.
CLI::Validator size_value() {
  return CLI::Validator(
      [](std::string& word) {
        const std::string written = word;
        try {
          if (CLI::AsSizeValue(false)(word).empty()) return std::string();
        } catch (const CLI::ValidationError&) {
          // its message is a list of all units
        }
        return "must be a size as 500kB or 4MiB, not " + quote(written);
      },
      "");
}

void add_reading_options(CLI::App& command, CommonOptions& options, const char* reading) {
  command.add_option("--build-arg", options.build_args, "Value of a Dockerfile argument, NAME=VALUE")
      ->type_name("NAME=VALUE")
      ->group(reading);
  command.add_option("--context", options.contexts, "Name of a build context that is no image")
      ->check(context_name())
      ->type_name("NAME")
      ->group(reading);
  command
      .add_option("--stdin-filename", options.stdin_filename, "What standard input is called, and read as")
      ->type_name("NAME")
      ->group(reading);
  command
      .add_flag(
          "--templates", options.templates,
          "Pass over the statements of template engines; on by itself for .j2, .tmpl, .tpl and the like")
      ->group(reading);
  command.add_option("--max-file-size", options.max_file_size, "Refuse larger files (default: 4MiB)")
      ->transform(size_value())
      ->check(CLI::Range(std::uint64_t{1}, largest_max_file_size))
      ->type_name("SIZE")
      ->group(reading);
}

void add_choice_of_files(CLI::App& command, CommonOptions& options, const char* files) {
  command.add_flag("--no-ignore", options.no_ignore, "Walk without .gitignore and .imglintignore")
      ->group(files);
  command.add_flag("--force-exclude", options.force_exclude, "Ignore files hold for named files too")
      ->group(files);
  CLI::Option* since =
      command.add_option("--since", options.changes.since, "Only files that changed since a commit")
          ->check(CLI::Validator([](std::string& word) { return word.empty() ? "wants a commit" : ""; }, ""))
          ->type_name("COMMIT")
          ->group(files);
  command
      .add_flag("--staged", options.changes.staged,
                "Only files with staged changes, as they are in the index")
      ->excludes(since)
      ->group(files);
  command.add_option("-j,--jobs", options.jobs, "Threads (default: one for each core)")
      ->check(CLI::Range(1u, 256u))
      ->type_name("N")
      ->group(files);
}

}  // namespace

void add_common_options(CLI::App& command, CommonOptions& options) {
  command
      .add_option("PATH", options.paths, "Files and folders; '-' reads standard input (default: this folder)")
      ->type_name("PATH");
  add_project_options(command, options, "Reading");
  add_reading_options(command, options, "Reading");
  add_choice_of_files(command, options, "Choice of files");
}

void add_include_option(CLI::App& command, CommonOptions& options, const char* group, const char* help) {
  command.add_option("--include", options.include, help)
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(word_of({std::begin(include_words), std::end(include_words)}))
      ->type_name("LIST")
      ->group(group);
}

void add_configuration_options(CLI::App& command, CommonOptions& options) {
  CLI::Option* config =
      command.add_option("--config", options.config, "Use this configuration for all files")
          ->type_name("FILE");
  command.add_flag("--isolated", options.isolated, "Use no configuration file")->excludes(config);
}

/// The paths without those that git's index does not have, of which is told.
static std::vector<std::string> paths_to_read(const CommonOptions& options, const Session& session) {
  if (!options.stdin_filename.empty())
    print_remark({.message = "--stdin-filename counts only where '-' is the one path: files are read"},
                 session);
  std::vector<std::string> paths = options.paths;
  std::erase_if(paths, [&](const std::string& path) {
    if (!session.staged || !session.staged->hides(path)) return false;
    print_remark({.message = "left out: git's index does not have it", .path = path}, session);
    return true;
  });
  return paths;
}

/// An environment file that is named and that no file needed is missing all the same.
static void add_missing_env_files(const CommonOptions& options, FileSystem& files, Project& into) {
  const auto is_told = [&](const std::string& path) {
    const auto names_it = [&](const Error& error) { return normal_path(error.path) == normal_path(path); };
    return std::ranges::any_of(into.errors, names_it);
  };
  for (const MissingFile& missing : options.missing_env_files)
    if (!files.status(missing.path) && !is_told(missing.path))
      into.errors.push_back({.message = missing.error.message, .path = missing.path});
  if (options.changes.any()) return;  // what changed may need none
  for (const std::string& path : options.env_files) {
    const auto status = files.status(path);
    const bool is_folder = status && status->kind == FileKind::folder;
    if ((status && !is_folder) || is_told(path)) continue;
    into.errors.push_back(is_folder ? not_a_regular_file(path, status->kind)
                                    : file_error("cannot read", path, status.error()));
  }
}

/// What could not be read; a file that the configuration names is told at its name.
static void print_problems(const CommonOptions& options, const Session& session, Project& loaded) {
  for (Error& problem : loaded.errors) {
    const auto named = std::ranges::find(options.missing_env_files, problem.path, &MissingFile::path);
    if (named != options.missing_env_files.end()) problem = named->error;
    print(problem, session);
  }
}

LoadSummary load(const CommonOptions& options, const Session& session, Project& into, LoadHooks hooks) {
  auto checked = load_options(options);
  if (!checked) {
    print(checked.error(), session);
    return {.error = checked.error()};
  }
  checked->contexts_of = std::move(hooks.contexts_of);
  checked->places_of = std::move(hooks.places_of);
  checked->variants = hooks.variants;
  checked->keeps_projects = hooks.keeps_projects;
  checked->on_progress = session.progress;
  checked->early = std::move(hooks.early);
  if (session.progress) session.progress("looking for files", 0, 0);
  LoadSummary summary;
  if (reads_input(options)) {
    summary.from_input = true;
    if (session.progress) session.progress("reading standard input", 0, 0);
    if (const auto done = load_input(options, *checked, hooks.choose, session, into); !done)
      into.errors.push_back(done.error());
    add_missing_env_files(options, session.files, into);
  } else {
    // A project that is named is all there is to read.
    const bool only_project = options.paths.empty() && !options.compose_files.empty();
    const std::vector<std::string> here(only_project ? 0 : 1, ".");
    std::vector<std::string> env_files = options.env_files;
    for (const assembly::ProjectRequest& request : options.projects)
      env_files.insert(env_files.end(), request.env_files.begin(), request.env_files.end());
    const DiscoverOptions choice{.no_ignore = options.no_ignore,
                                 .force_exclude = options.force_exclude,
                                 .changes = options.changes,
                                 .choose = hooks.choose,
                                 .include = options.include,
                                 .jobs = options.jobs};
    const std::vector<std::string> paths = paths_to_read(options, session);
    Discovery found = discover(session.files, options.paths.empty() ? here : paths, choice, env_files);
    for (const Error& problem : found.remarks) print_remark(problem, session);
    checked->given = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
    checked->only_changed = options.changes.any();
    std::vector<std::string> named = checked->given;
    named.insert(named.end(), options.compose_files.begin(), options.compose_files.end());
    named.insert(named.end(), env_files.begin(), env_files.end());
    summary.left_out = std::make_unique<LeftOut>(session.files, choice, named);
    checked->left_out = [&](const std::string& path) { return summary.left_out->why(path); };
    checked->keeps_left_out = hooks.keeps_left_out;
    into.errors = found.errors;
    OverlayFileSystem staged(session.files);
    if (options.changes.staged) put_staged(session.files, found.files, staged, "git", env_files);
    FileSystem& disk = options.changes.staged ? static_cast<FileSystem&>(staged) : session.files;
    load_project(std::move(found.files), *checked, disk, into);
    add_missing_env_files(options, disk, into);
    for (const Error& remark : into.remarks) print_remark(remark, session);
    if (hooks.tells_remarks)
      for (const Error& remark : into.remarks_of_documents) print_remark(remark, session);
  }
  print_problems(options, session, into);
  if (!into.errors.empty()) summary.error = into.errors.front();
  for (const Error& remark : idle_options(options, into, session.files)) print_remark(remark, session);
  return summary;
}

}  // namespace imglint
