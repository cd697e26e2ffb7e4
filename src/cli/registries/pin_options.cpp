#include "cli/registries/pin_options.hpp"

#include <algorithm>
#include <charconv>

#include <CLI/CLI.hpp>

#include "base/quote.hpp"
#include "cli/choice.hpp"
#include "cli/registries/registries.hpp"
#include "cli/result_name.hpp"
#include "cli/run_settings.hpp"
#include "policy/pattern.hpp"
#include "registry/digest.hpp"
#include "registry/lock.hpp"

namespace imglint {
namespace {

void add_patterns(CLI::App& command, std::vector<std::string>& only, std::vector<std::string>& except,
                  const char* group) {
  command.add_option("--only", only, "Only images that match this pattern")
      ->type_name("PATTERN")
      ->group(group);
  command.add_option("--except", except, "Not images that match this pattern")
      ->type_name("PATTERN")
      ->group(group);
}

void add_format(CLI::App& command, std::string& format, const char* group) {
  const auto names = state_format_names();
  command.add_option("--format", format, "text, json, jsonl or sarif")
      ->check(word_of({names.begin(), names.end()}))
      ->type_name("FORMAT")
      ->group(group);
}

void add_modes(CLI::App& command, bool& dry_run, bool& diff, bool& check, const char* group) {
  CLI::Option* first = command.add_flag("--dry-run", dry_run, "List the edits and write nothing");
  CLI::Option* second = command.add_flag("--diff", diff, "Print a unified diff and write nothing");
  CLI::Option* third = command.add_flag("--check", check, "Write nothing; exit 1 if something would change");
  first->group(group)->excludes(second)->excludes(third);
  second->group(group)->excludes(third);
  third->group(group);
}

void add_pin_selection(CLI::App& command, PinWords& words) {
  const char* const group = "What is pinned";
  command.add_flag("--update", words.update, "References with a digest get the one their tag has now")
      ->group(group);
  command.add_option("--include", words.include, "Also these: syntax, cache (comma separated)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(word_of({"syntax", "cache"}))
      ->type_name("LIST")
      ->group(group);
  add_patterns(command, words.only, words.except, group);
  command.add_option("--platform", words.platform, "The digest of this platform, in place of the index's")
      ->type_name("OS/ARCH")
      ->group(group);
  command.add_option("--min-age", words.min_age, "Only digests first seen so many days ago, by the lock: 3d")
      ->type_name("DAYS")
      ->group(group);
  command.add_flag("--prove", words.prove, "Read each manifest and hash it, whatever the registry says")
      ->group(group);
}

void add_pin_writing(CLI::App& command, PinWords& words) {
  const char* const group = "Where digests go";
  command.add_option("--tag", words.tag, "Keep the tag before the digest (default), or drop it")
      ->check(word_of({"keep", "drop"}))
      ->type_name("keep|drop")
      ->group(group);
  command
      .add_option("--variables", words.variables,
                  "default: a default that is a whole reference; tag: one that is a tag, too; skip: none")
      ->check(word_of({"default", "tag", "skip"}))
      ->type_name("WORD")
      ->group(group);
  command.add_flag("--edit-env", words.edit_env, "Edit .env files where the bytes stand there")->group(group);
  command
      .add_flag("--lock{" + std::string(digest_lock_name) + "}", words.lock,
                "Write what tags mean to a lock, --lock=FILE (imglint.lock)")
      ->group(group);
  command.add_flag("--lock-only", words.lock_only, "Write the lock and no other file")->group(group);
  command.add_flag("--from-lock", words.from_lock, "Take digests from the lock and ask nobody")->group(group);
  command
      .add_option("--override", words.override_file,
                  "Write a compose file with the digests, and edit nothing")
      ->type_name("FILE")
      ->group(group);
  command.add_flag("--strict", words.strict, "Edit nothing while any reference cannot be pinned")
      ->group(group);
  add_modes(command, words.dry_run, words.diff, words.check, group);
  add_format(command, words.format, group);
}

/// `3d` or `3` in days.
std::optional<long> days_of(std::string_view text) {
  if (text.ends_with('d')) text.remove_suffix(1);
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > 3650)
    return std::nullopt;
  return value;
}

std::optional<Error> bad_pattern(const std::vector<std::string>& patterns, std::string_view option) {
  for (const std::string& text : patterns)
    if (const auto pattern = Pattern::parse(text); !pattern)
      return usage_error(std::string(option) + ": " + pattern.error().message, pattern.error().hint);
  return std::nullopt;
}

std::optional<Error> contradiction(const PinWords& words) {
  const bool shows = words.diff || words.check || words.dry_run;
  if (words.lock_only && (shows || words.from_lock || !words.override_file.empty()))
    return usage_error("--lock-only writes the lock alone, so nothing else can be asked for");
  if (!words.override_file.empty() && shows)
    return usage_error("--override edits nothing, so there are no edits to show");
  if (words.from_lock && (words.prove || !words.platform.empty()))
    return usage_error("--from-lock asks nobody, so there is nothing to prove and no platform to look for");
  if (words.from_lock && !words.min_age.empty())
    return usage_error("--from-lock takes the digests of the lock, however old they are");
  if (!words.platform.empty() && !is_platform(words.platform))
    return usage_error("--platform wants a platform like linux/arm64, not " + quote(words.platform));
  return std::nullopt;
}

}  // namespace

void add_pin_options(CLI::App& command, PinWords& words) {
  command.footer(
      "Examples:\n"
      "  imglint pin --diff                  show which digests would be written\n"
      "  imglint pin --lock                  write them, and what tags mean to imglint.lock\n"
      "  imglint pin --update --min-age 3d   newer digests, but none of the last three days\n"
      "  imglint pin --check                 exit 1 if a reference has no digest; asks nobody\n"
      "\n"
      "Exit codes: 0 all done, 1 something is not pinned, 2 a registry gave no answer, or nothing was done.");
  add_pin_selection(command, words);
  add_pin_writing(command, words);
  add_registry_options(command, words.registries);
  add_common_options(command, words.common);
  add_configuration_options(command, words.common);
}

Result<PinSettings> pin_settings(const PinWords& words) {
  if (auto error = contradiction(words)) return *std::move(error);
  if (auto error = bad_pattern(words.only, "--only")) return *std::move(error);
  if (auto error = bad_pattern(words.except, "--except")) return *std::move(error);
  PinSettings settings;
  if (words.dry_run) settings.mode = PinMode::dry_run;
  if (words.diff) settings.mode = PinMode::diff;
  if (words.check) settings.mode = PinMode::check;
  settings.format = state_format_named(words.format).value_or(StateFormat::text);
  const auto includes = [&](std::string_view name) {
    return std::find(words.include.begin(), words.include.end(), name) != words.include.end();
  };
  settings.options = {.update = words.update,
                      .drop_tag = words.tag == "drop",
                      .include_syntax = includes("syntax"),
                      .include_cache = includes("cache"),
                      .edit_env = words.edit_env,
                      .given = given_places(words.common),
                      .edit_nothing = words.lock_only || !words.override_file.empty(),
                      .only = words.only,
                      .except = words.except};
  if (words.variables == "tag") settings.options.variables = PinVariables::tag;
  if (words.variables == "skip") settings.options.variables = PinVariables::skip;
  if (!words.min_age.empty()) {
    settings.min_age = days_of(words.min_age);
    if (!settings.min_age)
      return usage_error("--min-age wants a number of days like 3d, not " + quote(words.min_age));
  }
  if (auto good = check_is_kept("--lock", words.lock); !good) return good.error();
  settings.makes_lock = !words.lock.empty() || words.lock_only || settings.min_age.has_value();
  settings.lock = words.lock.empty() ? std::string(digest_lock_name) : words.lock;
  return settings;
}

void add_unpin_options(CLI::App& command, UnpinWords& words) {
  command.footer(
      "Examples:\n"
      "  imglint unpin --diff      show what would change\n"
      "  imglint unpin             tags alone again; digests without a tag get it back from the lock\n"
      "\n"
      "Asks no registry. Exit codes: 0 all done, 1 a digest stays, 2 nothing was done.");
  const char* const group = "What is unpinned";
  add_patterns(command, words.only, words.except, group);
  command.add_option("--lock", words.lock, "The lock that knows the tags (default: imglint.lock)")
      ->type_name("FILE")
      ->group(group);
  command.add_flag("--strict", words.strict, "Edit nothing while any digest has to stay")->group(group);
  add_modes(command, words.dry_run, words.diff, words.check, group);
  add_format(command, words.format, group);
  add_common_options(command, words.common);
  add_configuration_options(command, words.common);
}

}  // namespace imglint
