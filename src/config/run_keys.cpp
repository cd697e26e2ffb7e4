// The keys of .imglint.yaml that say something of whole runs.
#include <iterator>

#include "config/keys.hpp"
#include "config/other_tools.hpp"

namespace imglint {
namespace {

std::vector<std::string_view> included() { return {std::begin(include_words), std::end(include_words)}; }

ConfigKey retarget_key() {
  return {.name = "retarget",
          .type = ConfigType::group,
          .doc = "where 'imglint retarget' moves images, and the editor, if no option says so",
          .keeps_names = true,
          .keys = {
              {.name = "to",
               .type = ConfigType::location,
               .doc = "the registry that everything moves to",
               .is_target = true},
              {.name = "from", .type = ConfigType::prefixes, .doc = "only names at or below these prefixes"},
              {.name = "except", .type = ConfigType::prefixes, .doc = "not names at or below these prefixes"},
              {.name = "map",
               .type = ConfigType::renames,
               .doc = "FROM=TO: names below FROM go below TO; an empty TO leaves them alone"},
              {.name = "paths",
               .type = ConfigType::choice,
               .doc = "what becomes of the path below 'to', not of maps",
               .default_value = "keep",
               .choices = {"keep", "last", "flat", "source", "source-short", "source-flat"}},
              {.name = "include",
               .type = ConfigType::words,
               .doc = "also move these, as --include",
               .choices = included()}}};
}

ConfigKey projects_key() {
  return {.name = "projects",
          .type = ConfigType::groups,
          .doc = "compose projects of files that docker compose is given with -f",
          .keys = {{.name = "files",
                    .type = ConfigType::files,
                    .doc = "its files in the order of merging; relative to the folder of this file",
                    .required = true,
                    .may_be_empty = false},
                   {.name = "env-files", .type = ConfigType::files, .doc = "in place of its .env"},
                   {.name = "profiles", .type = ConfigType::words, .doc = "the profiles that are on"},
                   {.name = "directory",
                    .type = ConfigType::file,
                    .doc = "what its paths are relative to; else the folder of the first file"}}};
}

}  // namespace

std::vector<ConfigKey> run_config_keys() {
  std::vector<ConfigKey> keys = {
      {.name = "baseline",
       .type = ConfigType::file,
       .doc = "the findings that this file lists are not reported"},
      {.name = "fail-on",
       .type = ConfigType::choice,
       .doc = "least severity that makes the exit code of 'imglint check' 1",
       .default_value = "warning",
       .choices = {"info", "warning", "error"}},
      {.name = "format",
       .type = ConfigType::choice,
       .doc = "the format of reports, as --format",
       .default_value = "text",
       .choices = {std::begin(report_format_names), std::end(report_format_names)},
       .meant = formats_meant},
      {.name = "env-files",
       .type = ConfigType::files,
       .doc = "values of compose variables, in place of .env; relative to the folder of this file"},
      {.name = "env", .type = ConfigType::assignments, .doc = "values of compose variables, NAME=VALUE each"},
      {.name = "build-args",
       .type = ConfigType::assignments,
       .doc = "values of Dockerfile arguments, NAME=VALUE each"},
      {.name = "include",
       .type = ConfigType::words,
       .doc = "read these too, as --include: scripts, docs, markers",
       .choices = included()},
      projects_key(),
      retarget_key()};
  for (ConfigKey& key : keys) key.is_of_runs = true;
  return keys;
}

}  // namespace imglint
