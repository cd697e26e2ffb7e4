#include "cli/commands/check_reports.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "output/places.hpp"

namespace imglint {
namespace {

std::size_t place_of_file(std::size_t index) { return 2 * index + 1; }
/// Of environment files that come, in the order of paths, right before the file of that index.
std::size_t place_before(std::size_t index) { return 2 * index; }

/// Where the findings of sources that were kept stand among those written early.
std::map<const Source*, std::size_t> places_of(const Project& project) {
  std::map<const Source*, std::size_t> places;
  for (const ProjectFile& file : project.files) places[file.source.get()] = place_of_file(file.index);
  for (const auto& [path, file] : project.environment)
    if (file.source) places[file.source.get()] = place_before(file.before);
  return places;
}

}  // namespace

CheckReports::CheckReports(std::span<const WantedReport> wanted, const CheckReport& report, FileSystem& files,
                           bool color, const OrderedPieces::Sink& out)
    : report_(report) {
  for (const WantedReport& each : wanted) {
    const bool to_file = !each.file.empty();
    auto file = to_file ? std::make_unique<ResultFile>(files, each.file) : nullptr;
    OrderedPieces::Sink sink = out;
    if (to_file) sink = [to = file.get()](std::string_view block) { to->write(block); };
    outputs_.push_back({.format = each.format,
                        .style = {.color = color && !to_file, .failures = to_file},
                        .file = std::move(file),
                        .pieces = {each.format->between, std::move(sink)}});
  }
}

bool CheckReports::can_begin_early() const {
  return std::none_of(outputs_.begin(), outputs_.end(),
                      [](const Output& output) { return output.format->begins_with_all; });
}

bool CheckReports::shows_documents() const {
  return std::any_of(outputs_.begin(), outputs_.end(),
                     [](const Output& output) { return output.format->shows_documents; });
}

EarlyUse CheckReports::write_early(EarlyCheck& early, const Project& project,
                                   std::function<bool()> is_wanted) {
  return {.begin =
              [this, &project, wanted = std::move(is_wanted)](std::size_t files) {
                if (wanted()) begin_early(files, project);
              },
          .use = [this, &early](const ProjectFile& file, std::size_t index) -> EarlyUse::Take {
            if (!begun_) return {};
            auto result = early.judge(file, index);
            return result ? write(early, file, *std::move(result)) : EarlyUse::Take();
          },
          .use_group = [this, &early](std::span<const ProjectFile> files) -> std::vector<EarlyUse::Take> {
            std::vector<EarlyUse::Take> takes;
            if (!begun_) return takes;
            auto results = early.judge(files);
            for (std::size_t i = 0; i < results.size(); ++i)
              takes.push_back(write(early, files[i], std::move(results[i])));
            return takes;
          },
          .missing =
              [this](std::size_t index) {
                if (begun_) put(place_of_file(index), Pieces(outputs_.size()));
              }};
}

void CheckReports::begin(const CheckReport& report) {
  begun_ = true;
  for (Output& output : outputs_) {
    std::string text;
    if (output.format->begin) output.format->begin(report, text);
    output.pieces.append(text);
  }
}

void CheckReports::begin_early(std::size_t files, const Project& project) {
  begin(report_);
  places_ = place_before(files) + 1;
  for (Output& output : outputs_) output.pieces.wait_for(places_);
  std::set<std::size_t> open;
  for (const auto& [path, file] : project.environment)
    if (file.source) open.insert(place_before(file.before));
  for (std::size_t index = 0; index <= files; ++index)
    if (!open.contains(place_before(index))) put(place_before(index), Pieces(outputs_.size()));
}

EarlyUse::Take CheckReports::write(EarlyCheck& early, const ProjectFile& file, CheckResult result) {
  Pieces pieces;
  for (const Output& output : outputs_) pieces.push_back(piece(output, {file.source.get(), result.findings}));
  Tally counted;
  for (const Finding& finding : result.findings) counted.add(finding);
  result.findings.clear();
  return [this, &early, pieces = std::move(pieces), counted = std::move(counted),
          judged = std::move(result)](ProjectFile& taken) mutable {
    put(place_of_file(taken.index), std::move(pieces));
    tally_.add(counted);
    ++files_;
    early.add(taken, std::move(judged));
    taken.source.reset();
  };
}

std::string CheckReports::piece(const Output& output, const FileFindings& file) const {
  std::string text;
  if (output.format->file) output.format->file(report_, output.style, file, text);
  return text;
}

void CheckReports::put(std::size_t place, Pieces pieces) {
  for (std::size_t i = 0; i < outputs_.size(); ++i) outputs_[i].pieces.put(place, std::move(pieces[i]));
}

void CheckReports::write_files(const CheckReport& report, const Project& project) {
  const auto places = places_ > 0 ? places_of(project) : std::map<const Source*, std::size_t>();
  for (const FileFindings& file : by_file(report))
    for (Output& output : outputs_) {
      if (const auto place = places.find(file.file); place != places.end())
        output.pieces.write_before(place->second);
      output.pieces.write(piece(output, file));
    }
}

std::vector<Error> CheckReports::finish(const CheckReport& report, const Project& project) {
  if (!begun_) begin(report);
  write_files(report, project);
  std::vector<Error> errors;
  for (Output& output : outputs_) {
    output.pieces.write_before(places_);
    std::string text;
    if (output.format->end) output.format->end(report, output.style, text);
    output.pieces.append(text);
    output.pieces.finish();
    if (!output.file) continue;
    if (auto error = output.file->finish()) errors.push_back(*std::move(error));
  }
  return errors;
}

}  // namespace imglint
