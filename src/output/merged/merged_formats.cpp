#include "output/merged/merged_formats.hpp"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "output/json_text.hpp"
#include "output/merged/merged_item.hpp"
#include "output/reports/ordered_pieces.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

std::string place(const std::string& repository, const std::string& file, std::uint32_t line,
                  std::uint32_t column) {
  std::string text = printable_path(repository) + ": ";
  if (!file.empty()) text += printable(file) + ':';
  if (line > 0) text += std::to_string(line) + ':';
  if (column > 0) text += std::to_string(column) + ':';
  return file.empty() ? text : text + ' ';
}

/// A line an item, with the repository in front of the place.
class TextWriter final : public MergedWriter {
 public:
  explicit TextWriter(MergedSink out) : pieces_("", std::move(out)) {}

  void add(const MergedFinding& finding) override {
    pieces_.append(place(finding.repository, finding.file, finding.line, finding.column) +
                   std::string(to_string(finding.severity)) + ": " + printable(finding.message) + " [" +
                   printable(finding.rule) + "]\n");
  }
  void add(const MergedReference& reference) override {
    std::string line = place(reference.repository, reference.file, reference.line, reference.column);
    line += printable(reference.role) + ' ' + printable(reference.raw);
    if (reference.kind != "image") line += " (" + printable(reference.kind) + ')';
    if (!reference.canonical.empty()) line += " = " + printable(reference.canonical);
    pieces_.append(line + '\n');
  }
  void end(const MergedSummary& summary) override {
    for (const MergedFailure& failure : summary.failures)
      pieces_.append(place(failure.repository, failure.file, failure.line, failure.column) +
                     "error: " + printable(failure.message) + '\n');
    pieces_.finish();
  }

 private:
  OrderedPieces pieces_;
};

/// The lines that check and list write, with the repository in front.
class JsonLinesWriter final : public MergedWriter {
 public:
  explicit JsonLinesWriter(MergedSink out) : pieces_("", std::move(out)) {}

  void add(const MergedFinding& finding) override {
    Json line = finding.sarif ? of_sarif(finding) : finding.json;
    line["fingerprint"] = finding.fingerprint;
    write(finding.repository, line);
  }
  void add(const MergedReference& reference) override { write(reference.repository, reference.json); }
  void end(const MergedSummary& summary) override {
    for (const MergedFailure& failure : summary.failures) {
      const Json file = failure.file.empty() ? Json(nullptr) : Json(failure.file);
      Json line = summary.inventory.value_or(false)
                      ? Json{{"file", file},
                             {"line", failure.line},
                             {"column", failure.column},
                             {"message", failure.message},
                             {"editable", false}}
                      : Json{{"rule", nullptr}, {"severity", "error"},  {"message", failure.message},
                             {"file", file},    {"line", failure.line}, {"column", failure.column}};
      if (failure.is_elsewhere) line["elsewhere"] = true;
      write(failure.repository, line);
    }
    pieces_.finish();
  }

 private:
  /// SARIF counts in UTF-16 units and knows no offsets.
  static Json of_sarif(const MergedFinding& finding) {
    return {{"rule", finding.rule},       {"severity", to_string(finding.severity)},
            {"message", finding.message}, {"file", finding.file},
            {"line", finding.line},       {"utf16_column", finding.column}};
  }
  void write(const std::string& repository, const Json& item) {
    Json line = {{"repository", repository}};
    for (const auto& [key, value] : item.items())
      if (key != "repository") line[key] = value;
    pieces_.append(harmless_json(line.dump()) + '\n');
  }

  OrderedPieces pieces_;
};

}  // namespace

std::unique_ptr<MergedWriter> merged_writer(MergedFormat format, const MergedTool& tool, MergedSink out) {
  switch (format) {
    case MergedFormat::jsonl:
      return std::make_unique<JsonLinesWriter>(std::move(out));
    case MergedFormat::sarif:
      return merged_sarif_writer(tool, std::move(out));
    case MergedFormat::html:
      return merged_page_writer(tool, std::move(out));
    case MergedFormat::text:
      break;
  }
  return std::make_unique<TextWriter>(std::move(out));
}

}  // namespace imglint
