#include "cli/commands/retarget_options.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "base/printable.hpp"
#include "cli/choice.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/option_table.hpp"
#include "cli/result_name.hpp"
#include "cli/run_settings.hpp"
#include "move/known_moves.hpp"
#include "move/map_file.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

/// An option that may be given several times, one word each.
CLI::Option* repeated(CLI::App& command, const std::string& name, std::vector<std::string>& words,
                      const std::string& help, const std::string& type) {
  return command.add_option(name, words, help)->type_name(type);
}

void add_targets(CLI::App& command, RetargetWords& words) {
  const char* const group = "Where images go";
  command.add_option("--to", words.to, "Registry, with a namespace if you like, that everything moves to")
      ->type_name("HOST[/NS]")
      ->group(group);
  repeated(command, "--from", words.from, "Move only names at or below this prefix", "PREFIX")->group(group);
  repeated(command, "--except", words.except, "Leave names at or below this prefix alone", "PREFIX")
      ->group(group);
  repeated(command, "--map", words.maps, "Names below FROM go below TO; an empty TO leaves them alone",
           "FROM=TO")
      ->group(group);
  repeated(command, "--map-file", words.map_files,
           "FROM = TO a line; or a registries.conf (*.conf, *.toml), a relocation map or lock (*.json)",
           "FILE")
      ->group(group);
  command
      .add_flag("--known", words.known,
                "Move what is known to have moved: k8s.gcr.io, bitnami, mcr dotnet/core and the like")
      ->group(group);
  command
      .add_option(
          "--spelling", words.spelling,
          "Names on Docker Hub: keep as written (default of maps), short without docker.io, full with it")
      ->check(word_of({"keep", "short", "full"}))
      ->type_name("keep|short|full")
      ->group(group);
  command.add_flag("--use-mirrors", words.use_mirrors, "Of a registries.conf take the first mirror")
      ->group(group);
  command
      .add_option("--paths", words.paths,
                  "What becomes of the path below --to (not of maps): keep (default), last, flat, source, "
                  "source-short, source-flat")
      ->check(word_of({"keep", "last", "flat", "source", "source-short", "source-flat"}))
      ->type_name("STRATEGY")
      ->group(group);
  command
      .add_option("--path-template", words.path_template,
                  "The same as a template of {host} {short} {path} {namespace} {name} {familiar}")
      ->type_name("TEMPLATE")
      ->group(group);
  command.add_option("--separator", words.separator, "Joins names in flat paths: - _ __ . (default: -)")
      ->type_name("TEXT")
      ->group(group);
  command.add_option("--library", words.library, "Keep or drop the library/ of official images")
      ->check(word_of({"keep", "drop"}))
      ->type_name("keep|drop")
      ->group(group);
  command.add_option("--target-depth", words.target_depth, "Most path components below the target")
      ->check(CLI::Range(0u, 255u))
      ->type_name("N")
      ->group(group);
  command
      .add_flag("--no-registry-rules", words.no_registry_rules, "Do not check what known registries can hold")
      ->group(group);
  repeated(command, "--equivalent", words.equivalent, "Two prefixes that hold the same images", "A=B")
      ->group(group);
}

void add_selection(CLI::App& command, RetargetWords& words) {
  const char* const group = "What is edited";
  add_include_option(
      command, words.common, group,
      "Also move these: syntax, built, cache, scripts, docs, markers, probable, features (comma separated)");
  command
      .add_option("--variables", words.variables,
                  "edit defaults of variables (default), or skip such references")
      ->check(word_of({"edit", "skip"}))
      ->type_name("edit|skip")
      ->group(group);
  command.add_flag("--edit-env", words.edit_env, "Edit .env files where the bytes stand there")->group(group);
  command.add_flag("--strict", words.strict, "Edit nothing while any reference is unresolved")->group(group);
  command
      .add_flag("--verify", words.verify,
                "Ask registries first; edit nothing unless every target is its source")
      ->group(group);
}

void add_outputs(CLI::App& command, RetargetWords& words) {
  const char* const group = "What is printed and written";
  CLI::Option* dry_run = command.add_flag("--dry-run", words.dry_run, "List the edits and write nothing");
  CLI::Option* diff = command.add_flag("--diff", words.diff, "Print a unified diff and write nothing");
  CLI::Option* check = command.add_flag("--check", words.check, "List the edits; exit 1 if there are any");
  dry_run->group(group)->excludes(diff)->excludes(check);
  diff->group(group)->excludes(check);
  check->group(group);
  command
      .add_option_function<std::string>(
          "--format", [&words](const std::string& name) { words.json = name == "json"; }, "text or json")
      ->check(word_of({"text", "json"}))
      ->type_name("FORMAT")
      ->group(group);
  offer(*command
             .add_option(
                 "--plan", words.plan,
                 "Print how to copy the images: list, docker, skopeo, crane, imagetools, regsync, verify, "
                 "ecr-repositories")
             ->type_name("FORM[=FILE]")
             ->group(group),
        plan_form_names());
  command.add_option("--lock", words.lock, "Write what was changed, for --revert")
      ->type_name("FILE")
      ->group(group);
  command.add_option("--revert", words.revert, "Undo the run that wrote this lock")
      ->type_name("LOCK")
      ->group(group);
  offer(*command
             .add_option("--emit", words.emit,
                         "Print a file in place of edits: compose-override, source-policy, registries-conf")
             ->type_name("FORM")
             ->group(group),
        emit_form_names());
  command.add_option("--reference", words.reference, "Map this one reference and print it")
      ->type_name("REF")
      ->group(group);
}

RunError usage(std::string message, std::string hint = {}) {
  return {RefusalKind::usage, {.message = std::move(message), .hint = std::move(hint)}};
}

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

std::variant<PlanOutput, RunError> plan_output(const std::string& word) {
  const auto equals = word.find('=');
  const auto form = plan_form_named(std::string_view(word).substr(0, equals));
  if (!form)
    return usage("--plan: no such form: '" + word.substr(0, equals) + "'",
                 "one of " + listed(plan_form_names()));
  if (equals != std::string::npos && equals + 1 == word.size()) return usage("--plan: no file after '='");
  std::string file = equals == std::string::npos ? std::string() : word.substr(equals + 1);
  if (file == standard_output) file.clear();
  return PlanOutput{*form, std::move(file)};
}

std::optional<RunError> read_equivalents(const RetargetWords& words, RetargetOptions& options) {
  for (const std::string& word : words.equivalent) {
    const auto equals = word.find('=');
    if (equals == std::string::npos) return usage("--equivalent: '" + word + "' is no A=B");
    std::vector<std::string> names;
    for (const std::string& side : {word.substr(0, equals), word.substr(equals + 1)}) {
      const auto pattern = parse_name_pattern(side);
      if (!pattern) return usage("--equivalent: " + pattern.error().message, pattern.error().hint);
      if (pattern->kind != NamePattern::Kind::prefix)
        return usage("--equivalent: '" + side + "' is no plain prefix");
      names.push_back(pattern->name);
    }
    options.equivalent.emplace_back(names[0], names[1]);
  }
  return std::nullopt;
}

/// Two things cannot both go to standard output.
std::optional<RunError> check_outputs(const RetargetSettings& settings, const RetargetWords& words) {
  const bool from_input = words.common.paths.size() == 1 && words.common.paths[0] == "-";
  int results = 0;
  if (settings.plan && settings.plan->file.empty()) ++results;
  if (settings.emit) ++results;
  if (settings.json) ++results;
  if (settings.mode == RetargetMode::diff) ++results;
  if (from_input && settings.mode == RetargetMode::write && !settings.emit) ++results;
  if (const auto good = check_is_kept("--lock", settings.lock); !good)
    return RunError{RefusalKind::usage, good.error()};
  if (from_input && words.edit_env) return usage("'-' writes no file, so --edit-env cannot be done");
  if (from_input && !settings.lock.empty()) return usage("'-' writes no file, so there is nothing to --lock");
  const bool moves =
      words.to || !words.maps.empty() || !words.map_files.empty() || words.known || words.reference;
  if (!words.revert.empty() &&
      (moves || settings.plan || settings.emit || settings.json || !settings.lock.empty()))
    return usage("--revert goes with --dry-run, --diff, --check and paths alone");
  if (words.verify && (!words.revert.empty() || words.reference || from_input))
    return usage("--verify goes with a move of files");
  if (results > 1)
    return usage("two results for standard output",
                 "give the plan a file: --plan FORM=FILE; ask for the rest in "
                 "runs of their own");
  return std::nullopt;
}

}  // namespace

void add_retarget_options(CLI::App& command, RetargetWords& words) {
  command.footer(
      "Examples:\n"
      "  imglint retarget --to ghcr.io/org --diff       show what would change\n"
      "  imglint retarget --to ghcr.io/org --plan docker=copy.sh --lock move.json\n"
      "  imglint retarget --revert move.json            the old bytes again\n"
      "  imglint retarget --map docker.io=mirror.local/hub --from docker.io\n"
      "\n"
      "Exit codes: 0 all done, 1 unresolved references or (--check) files that would change, 2 nothing was "
      "done.");
  add_targets(command, words);
  add_selection(command, words);
  add_outputs(command, words);
  add_registry_options(command, words.registries);
  add_common_options(command, words.common);
  add_configuration_options(command, words.common);
}

std::variant<RetargetSettings, RunError> settings_of(const RetargetWords& words) {
  RetargetSettings settings{.json = words.json, .lock = words.lock};
  if (words.dry_run) settings.mode = RetargetMode::dry_run;
  if (words.diff) settings.mode = RetargetMode::diff;
  if (words.check) settings.mode = RetargetMode::check;
  const auto includes = [&](std::string_view name) {
    const auto& include = words.common.include;
    return std::find(include.begin(), include.end(), name) != include.end();
  };
  settings.options = {.move = {.edit_variables = words.variables == "edit",
                               .edit_env = words.edit_env,
                               .given = given_places(words.common)},
                      .include_syntax = includes("syntax"),
                      .include_built = includes("built"),
                      .include_cache = includes("cache"),
                      .include_probable = includes("probable"),
                      .include_features = includes("features"),
                      .strict = words.strict};
  if (auto error = read_equivalents(words, settings.options)) return std::move(*error);
  if (!words.plan.empty()) {
    auto plan = plan_output(words.plan);
    if (auto* error = std::get_if<RunError>(&plan)) return std::move(*error);
    settings.plan = std::get<PlanOutput>(std::move(plan));
  }
  if (!words.emit.empty()) {
    settings.emit = emit_form_named(words.emit);
    if (!settings.emit)
      return usage("--emit: no such form: '" + words.emit + "'", "one of " + listed(emit_form_names()));
  }
  if (auto error = check_outputs(settings, words)) return std::move(*error);
  return settings;
}

namespace {

OptionPlace option_place(const ConfigPlace& place) {
  return {.path = place.file, .line = place.line, .column = place.column};
}

std::vector<OptionPlace> option_places(const std::vector<ConfigPlace>& places) {
  std::vector<OptionPlace> result;
  for (const ConfigPlace& place : places) result.push_back(option_place(place));
  return result;
}

/// What was meant by a path that is none and reads as a registry with a path: `ghcr.io/acme`.
std::string meant_target(const std::vector<std::string>& paths, FileSystem& files) {
  for (const std::string& path : paths) {
    const std::string_view host = std::string_view(path).substr(0, path.find('/'));
    const bool is_registry = host.size() < path.size() && host.find_first_of(".:", 1) != host.npos;
    if (is_registry && parse_map_target(path) && !files.status(path))
      return "did you mean --to " + printable(path) + "?";
  }
  return {};
}

/// `--map`, or the same of the configuration.
std::variant<MapEntry, RunError> map_entry(const RetargetWords& words, std::size_t index,
                                           std::uint32_t layer) {
  auto entry = read_map_option(words.maps[index], layer);
  auto* written = std::get_if<MapEntry>(&entry);
  if (written == nullptr || index >= words.map_places.size()) return entry;
  const ConfigPlace& place = words.map_places[index];
  written->origin = place.file;
  written->line = place.line;
  written->column = place.column;
  written->configured = true;
  return entry;
}

}  // namespace

std::variant<Mapping, RunError> mapping_of(const RetargetWords& words, FileSystem& files) {
  if (words.to && words.to->empty())
    return RunError{RefusalKind::bad_target, {.message = "--to: '' names no registry"}};
  if (!words.to && words.maps.empty() && words.map_files.empty() && !words.known) {
    std::string meant = meant_target(words.common.paths, files);
    if (meant.empty())
      meant = "give --to, --map, --map-file or --known, or 'retarget: {to: REGISTRY}' in .imglint.yaml";
    return usage("nothing says where images go", std::move(meant));
  }
  if (!words.paths.empty() && !words.path_template.empty())
    return usage("--paths and --path-template exclude each other");
  MappingOptions options{.to = words.to.value_or(""),
                         .from = words.from,
                         .except = words.except,
                         .from_places = option_places(words.from_places),
                         .except_places = option_places(words.except_places),
                         .path_template = words.path_template,
                         .separator = words.separator,
                         .target_depth = words.target_depth,
                         .registry_rules = !words.no_registry_rules};
  if (!words.to_place.empty()) options.to_place = option_place(words.to_place.front());
  if (!words.paths.empty()) options.paths = path_strategy_named(words.paths).value_or(PathStrategy::keep);
  if (!words.library.empty())
    options.library = words.library == "keep" ? LibraryRule::keep : LibraryRule::drop;
  if (!words.spelling.empty()) options.spelling = spelling_named(words.spelling);
  std::uint32_t layer = 0;
  if (words.known) options.maps = known_moves(layer++, today());
  for (const std::string& path : words.map_files) {
    auto content = read_file(files, path);
    if (!content) return RunError{RefusalKind::bad_map, std::move(content).error()};
    auto entries =
        read_map_file({.path = path, .text = std::move(content->bytes)}, layer++, words.use_mirrors);
    if (auto* error = std::get_if<RunError>(&entries)) return std::move(*error);
    for (MapEntry& entry : std::get<0>(entries)) options.maps.push_back(std::move(entry));
  }
  // Of registries and relocated images there may be none.
  if (!words.to && words.maps.empty() && options.maps.empty() &&
      std::ranges::all_of(words.map_files, is_plain_map))
    return RunError{RefusalKind::bad_map,
                    {.message = "no map stands in this file", .path = words.map_files.front()}};
  for (std::size_t i = 0; i < words.maps.size(); ++i) {
    auto entry = map_entry(words, i, layer);
    if (auto* error = std::get_if<RunError>(&entry)) return std::move(*error);
    options.maps.push_back(std::get<MapEntry>(std::move(entry)));
  }
  return Mapping::make(std::move(options));
}

}  // namespace imglint
