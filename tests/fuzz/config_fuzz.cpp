// Any bytes as an .imglint.yaml: mistakes with their places, or settings that, printed, mean the same again.
#include <algorithm>
#include <sstream>

#include "config/config.hpp"
#include "output/pages/config.hpp"
#include "rules/index.hpp"
#include "tests/fuzz/support/require.hpp"

namespace {

using namespace imglint;
using fuzz::require;

const ConfigSource place{".imglint.yaml", ".imglint.yaml", "/work"};
const PolicyRequest request{"/work/app/Dockerfile", "2026-11-24"};

void check_errors(const ConfigErrors& errors, std::string_view text) {
  require(!errors.empty(), "a faulty configuration has a mistake");
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const Error& error : errors) {
    require(!error.message.empty(), "a mistake has a message");
    // A carriage return ends a line too.
    require(error.line <= lines || text.find('\r') != std::string_view::npos, "and stands in the file");
  }
}

std::string page_of(const Config& config) {
  SettingsPage page{.path = "app/Dockerfile",
                    .files = {},
                    .settings = effective_settings(config, all_rule_infos(), request),
                    .rules = all_rule_infos()};
  std::string out;
  write_settings_text(page, out);
  return out;
}

/// A page without the comments that say where a value comes from.
std::string without_origins(const std::string& page) {
  std::istringstream lines(page);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    line.resize(std::min(line.rfind("  # "), line.size()));
    line.erase(line.find_last_not_of(' ') + 1);
    if (line.find_first_not_of(' ') == line.find('#')) continue;
    result += line + '\n';
  }
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const auto config = parse_config(text, place, all_rule_infos());
  if (!config) {
    check_errors(config.error(), text);
    return 0;
  }
  const Policy policy = make_policy(*config, all_rule_infos(), request);
  require(!policy_key(*config, request.path).empty() || config->layers.size() < 2, "a policy has a key");
  const std::string page = page_of(*config);
  const auto again = parse_config(page, place, all_rule_infos());
  // What an override says may contradict the rest, once it is not said of some files alone.
  if (!again && !config->layers.back().overrides.empty()) return 0;
  require(bool(again), "what is printed is a configuration:\n" + page);
  const std::string second = page_of(*again);
  require(without_origins(second) == without_origins(page),
          "what is printed means the same:\n" + page + "\nis now\n" + second);
  return 0;
}
