#include "cli/commands/check_reports.hpp"

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

void CheckReports::Output::write(std::string_view block) {
  if (file)
    file->write(block);
  else
    out(block);
}

CheckReports::Output::Output(const WantedReport& wanted, FileSystem& files, bool color,
                             const OrderedPieces::Sink& sink)
    : format(wanted.format),
      style{.color = color && wanted.file.empty(), .failures = !wanted.file.empty()},
      file(wanted.file.empty() ? nullptr : std::make_unique<ResultFile>(files, wanted.file)),
      out(sink),
      list(format->between, [this](std::string_view block) { pieces.append(block); }),
      pieces(format->between, [this](std::string_view block) { write(block); }) {
  list.put_aside();
  pieces.put_aside();
}

CheckReports::CheckReports(std::span<const WantedReport> wanted, const CheckReport& report, FileSystem& files,
                           bool color, const OrderedPieces::Sink& out)
    : report_(report) {
  for (const WantedReport& each : wanted) {
    outputs_.emplace_back(each, files, color, out);
    has_overview_ = has_overview_ || each.format->has_overview;
  }
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

std::string CheckReports::made(void (*make)(const CheckReport&, std::string&), const CheckReport& report) {
  std::string text;
  if (make) make(report, text);
  return text;
}

void CheckReports::begin_early(std::size_t files, const Project& project) {
  begun_ = true;
  places_ = place_before(files) + 1;
  for (Output& output : outputs_) {
    if (output.format->begins_with_all) {
      output.list.hold_all();
      output.pieces.hold_all();
    } else {
      output.pieces.append(made(output.format->begin, report_));
    }
    output.list.wait_for(places_);
    output.pieces.wait_for(places_);
  }
  std::set<std::size_t> open;
  for (const auto& [path, file] : project.environment)
    if (file.source) open.insert(place_before(file.before));
  for (std::size_t index = 0; index <= files; ++index)
    if (!open.contains(place_before(index))) put(place_before(index), Pieces(outputs_.size()));
}

EarlyUse::Take CheckReports::write(EarlyCheck& early, const ProjectFile& file, CheckResult result) {
  const FileFindings found{file.source.get(), result.findings};
  Pieces pieces;
  for (const Output& output : outputs_) {
    Piece piece{.listed = {}, .findings = findings_of(output, found)};
    if (output.format->listed) output.format->listed(*file.source, piece.listed);
    pieces.push_back(std::move(piece));
  }
  std::optional<Shown> shown;
  if (has_overview_) {
    shown.emplace();
    shown->overview.add(place_of_file(file.index), found);
    shown->overview.add(place_of_file(file.index), *file.document);
    shown->names.add(*file.document);
  }
  Tally counted;
  for (const Finding& finding : result.findings) counted.add(finding);
  result.findings.clear();
  return [this, &early, pieces = std::move(pieces), shown = std::move(shown), counted = std::move(counted),
          judged = std::move(result)](ProjectFile& taken) mutable {
    put(place_of_file(taken.index), std::move(pieces));
    if (shown) {
      shown_.overview.add(std::move(shown->overview));
      shown_.names.add(std::move(shown->names));
    }
    tally_.add(counted);
    ++files_;
    if (counted.findings() == 0) ++clean_files_;
    early.add(taken, std::move(judged));
    taken.source.reset();
  };
}

std::string CheckReports::findings_of(const Output& output, const FileFindings& file) const {
  std::string text;
  if (output.format->file) output.format->file(report_, output.style, file, text);
  return text;
}

void CheckReports::put(std::size_t place, Pieces pieces) {
  auto piece = pieces.begin();
  for (Output& output : outputs_) {
    output.list.put(place, std::move(piece->listed));
    output.pieces.put(place, std::move(piece->findings));
    ++piece;
  }
}

ListedNames CheckReports::take_names(const Project& project) {
  ListedNames names = std::move(shown_.names);
  for (const ProjectFile& file : project.files)
    if (file.document) names.add(*file.document);
  return names;
}

void CheckReports::look_over(const CheckReport& report, const Project& project, const Places& places) {
  std::size_t place = 0;
  for (const FileFindings& file : by_file(report)) {
    if (const auto known = places.find(file.file); known != places.end()) place = known->second;
    shown_.overview.add(place, file);
  }
  for (const ProjectFile& file : project.files)
    if (file.document) shown_.overview.add(place_of_file(file.index), *file.document);
}

void CheckReports::begin(Output& output, const CheckReport& report, const Places& places) const {
  const ReportFormat& format = *output.format;
  if (!begun_ || format.begins_with_all) output.pieces.append(made(format.begin, report));
  output.list.let_out();
  for (const Source* file : report.files) {
    if (!format.listed) break;
    if (const auto place = places.find(file); place != places.end()) output.list.write_before(place->second);
    std::string listed;
    format.listed(*file, listed);
    output.list.write(listed);
  }
  output.list.finish();
  output.pieces.append(made(format.end_list, report));
  output.pieces.let_out();
}

void CheckReports::write_files(const CheckReport& report, const Places& places) {
  for (const FileFindings& file : by_file(report))
    for (Output& output : outputs_) {
      if (const auto place = places.find(file.file); place != places.end())
        output.pieces.write_before(place->second);
      output.pieces.write(findings_of(output, file));
    }
}

std::optional<Error> CheckReports::end(Output& output, const CheckReport& report) const {
  output.pieces.write_before(places_);
  std::string text;
  if (output.format->end) output.format->end(report, output.style, text);
  output.pieces.append(text);
  output.pieces.finish();
  for (const OrderedPieces* pieces : {&output.list, &output.pieces})
    if (const auto failure = pieces->failure())
      return file_error("cannot read back what a temporary file keeps of the report", "", *failure);
  return output.file ? output.file->finish() : std::nullopt;
}

std::vector<Error> CheckReports::finish(CheckReport report, const Project& project) {
  const Places places = places_of(project);
  if (has_overview_) look_over(report, project, places);
  report.overview = &shown_.overview;
  for (Output& output : outputs_) begin(output, report, places);
  write_files(report, places);
  std::vector<Error> errors;
  for (Output& output : outputs_)
    if (auto error = end(output, report)) errors.push_back(*std::move(error));
  return errors;
}

}  // namespace imglint
