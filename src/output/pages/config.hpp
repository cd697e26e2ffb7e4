// What `imglint config` prints: the settings of a file with their places, and the table of keys as a JSON
// Schema, for terminals and for docs/configuration.md.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/effective.hpp"
#include "config/keys.hpp"
#include "config/run_config.hpp"

namespace imglint {

/// What holds for one file.
struct SettingsPage {
  std::string path;                ///< as given; a folder with its slash: any file in it
  std::vector<std::string> files;  ///< of the configuration, the nearest first; empty: none
  EffectiveSettings settings;
  RunConfig run;  ///< what the configuration says of runs that start in its folder
  std::span<const RuleInfo* const> rules;
};

/// YAML that is itself a configuration, each line with the place of its value as a comment.
void write_settings_text(const SettingsPage& page, std::string& out);
/// One object.
void write_settings_json(const SettingsPage& page, std::string& out);

/// A JSON Schema (draft-07, which editors' YAML servers know) of the whole file.
void write_config_schema(const std::vector<ConfigKey>& keys, std::string& out);

/// A line for each key.
void write_config_keys_text(const std::vector<ConfigKey>& keys, std::string& out);
/// Tables for docs/configuration.md: the keys of the file, and the options of rules.
void write_config_keys_markdown(const std::vector<ConfigKey>& keys, std::string& out);

}  // namespace imglint
