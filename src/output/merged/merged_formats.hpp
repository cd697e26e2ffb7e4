// The formats in which `imglint merge` writes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "output/merged/merge.hpp"
#include "policy/rule_info.hpp"

namespace imglint {

enum class MergedFormat : std::uint8_t { text, jsonl, sarif, html };

/// Takes blocks that end where a line does.
using MergedSink = std::function<void(std::string_view)>;

/// What formats say of the program that writes them.
struct MergedTool {
  std::span<const RuleInfo* const> rules;
  std::string_view version;
  std::string_view title = {};  ///< of the page
  std::string_view date = {};
};

/// SARIF is for findings only. What the tool names is borrowed.
[[nodiscard]] std::unique_ptr<MergedWriter> merged_writer(MergedFormat format, const MergedTool& tool,
                                                          MergedSink out);

// One for each format, by merged_writer().
[[nodiscard]] std::unique_ptr<MergedWriter> merged_sarif_writer(const MergedTool& tool, MergedSink out);
[[nodiscard]] std::unique_ptr<MergedWriter> merged_page_writer(const MergedTool& tool, MergedSink out);

}  // namespace imglint
