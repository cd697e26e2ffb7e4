// The table of keys, for terminals and for docs/configuration.md.
#include <algorithm>

#include "output/pages/config.hpp"

namespace imglint {
namespace {

struct Row {
  std::string name;
  const ConfigKey* key = nullptr;
};

/// `registries.deny[].pattern` after `registries.deny`.
void add_rows(const std::vector<ConfigKey>& keys, const std::string& prefix, std::vector<Row>& rows) {
  for (const ConfigKey& key : keys) {
    std::string name = prefix + std::string(key.name);
    rows.push_back({name, &key});
    // Rules are the same everywhere and have a table of their own.
    if (key.name == "rules") continue;
    add_rows(key.keys, name + (key.type == ConfigType::groups ? "[]." : "."), rows);
  }
}

std::vector<Row> file_rows(const std::vector<ConfigKey>& keys) {
  std::vector<Row> rows;
  add_rows(keys, {}, rows);
  return rows;
}

/// Options that few rules have, or that differ between rules: those of the rules' own tables.
std::vector<Row> rule_rows(const std::vector<ConfigKey>& keys) {
  std::vector<Row> rows;
  for (const ConfigKey& key : keys)
    if (key.name == "rules")
      for (const ConfigKey& rule : key.keys)
        for (const ConfigKey& option : rule.keys)
          if (option.name != "severity" && option.name != "unresolved" && option.name != "locked") {
            const std::string name = std::string(rule.name) + "." + std::string(option.name);
            rows.push_back({name, &option});
            add_rows(option.keys, name + "[].", rows);
          }
  return rows;
}

std::string type_text(const ConfigKey& key) {
  if (key.type == ConfigType::choice) {
    std::string text;
    for (const std::string_view word : key.choices) text.append(text.empty() ? "" : " or ").append(word);
    return text;
  }
  std::string text(describe(key.type));
  for (const std::string_view word : key.choices)
    text.append(word == key.choices.front() ? ": " : ", ").append(word);
  if (!key.short_form.empty()) text.append(", or of what stands for its ").append(key.short_form);
  return text;
}

std::string doc_text(const ConfigKey& key) {
  std::string text(key.doc);
  if (key.required) text += " (required)";
  if (!key.default_value.empty()) text.append(" (default ").append(key.default_value).append(")");
  return text;
}

void write_text_rows(const std::vector<Row>& rows, std::string& out) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.name.size());
  for (const Row& row : rows) {
    out.append("  ").append(row.name).append(width + 2 - row.name.size(), ' ').append(doc_text(*row.key)) +=
        '\n';
    out.append(width + 6, ' ').append(type_text(*row.key)) += '\n';
  }
}

void write_markdown_rows(const std::vector<Row>& rows, std::string& out) {
  out += "| key | value | |\n|---|---|---|\n";
  for (const Row& row : rows)
    out.append("| `")
        .append(row.name)
        .append("` | ")
        .append(type_text(*row.key))
        .append(" | ")
        .append(doc_text(*row.key)) += " |\n";
}

constexpr std::string_view about_rules =
    "Every rule takes `severity` (off, info, warning, error) and `locked` (true: comments cannot silence "
    "it); those\n"
    "that can meet an unknown part also take `unresolved`, the severity of \"cannot judge\".";

}  // namespace

void write_config_keys_text(const std::vector<ConfigKey>& keys, std::string& out) {
  out += "Keys of .imglint.yaml\n\n";
  write_text_rows(file_rows(keys), out);
  out += "\nOptions of rules, below rules.<rule>\n\n";
  out.append("  severity, locked and, where a part can be unknown, unresolved: of every rule\n");
  write_text_rows(rule_rows(keys), out);
}

void write_config_keys_markdown(const std::vector<ConfigKey>& keys, std::string& out) {
  write_markdown_rows(file_rows(keys), out);
  out.append("\n").append(about_rules).append(" The others:\n\n");
  write_markdown_rows(rule_rows(keys), out);
}

}  // namespace imglint
