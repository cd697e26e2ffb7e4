#include "tests/support/program_laws.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

/// The files on a disk in memory, and the program run over all but those that only help (.env, maps).
class Run {
 public:
  explicit Run(const TextFiles& files) {
    for (const auto& [path, text] : files) {
      disk_.put(path, text);
      if (path.ends_with("ockerfile") || path.ends_with(".yaml")) names_.push_back(path);
    }
  }
  ProgramRun run(Words words) {
    if (words[0] != "retarget" || words[1] != "--revert") {
      words.insert(words.end(), {"--jobs", "1"});  // threads for three small files take longer than these
      words.insert(words.end(), names_.begin(), names_.end());
    }
    return run_program_in(disk_, words);
  }
  std::size_t writes() const { return disk_.writes().size(); }
  std::string bytes(const std::string& path) const { return disk_.bytes(path); }

 private:
  MemoryFileSystem disk_;
  Words names_;
};

std::optional<Json> json_of(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Role and kind of each use, and how many troubles there are, as `list` has them. A service's image and the
/// name of one that is built here are one kind: a moved image may get the name of a built one.
struct Reading {
  std::string uses;
  std::size_t troubles = 0;
};
Reading read(Run& run) {
  Reading reading;
  const auto listed = json_of(run.run({"list", "--format", "json"}).out);
  if (!listed) return reading;
  for (const Json& use : listed->at("references")) {
    const std::string kind = use.at("kind");
    reading.uses += use.at("file").get<std::string>() + " " + use.at("role").get<std::string>() + " " +
                    (kind == "built" ? "image" : kind) + "\n";
  }
  reading.troubles = listed->at("troubles").size();
  return reading;
}

/// The files with a report's edits made; nothing if one of them lies outside of its file or of the others.
std::optional<TextFiles> edited(const TextFiles& files, const Json& edits) {
  TextFiles result = files;
  std::string last_file;
  std::size_t last = 0;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    const std::string file = edit->at("file");
    const std::size_t start = edit->at("start"), end = edit->at("end");
    const auto found = result.find(file);
    if (found == result.end()) return std::nullopt;
    if (file != last_file) last = found->second.size();
    if (start > end || end > last) return std::nullopt;
    found->second.replace(start, end - start, edit->at("new").get<std::string>());
    last_file = file;
    last = start;
  }
  return result;
}

std::string different(const Run& run, const TextFiles& wanted) {
  for (const auto& [path, text] : wanted)
    if (run.bytes(path) != text) return path + " holds\n" + run.bytes(path) + "\nnot\n" + text;
  return {};
}

}  // namespace

std::string broken_reading_law(const TextFiles& files) {
  Run run(files);
  if (!json_of(run.run({"list", "--format", "json"}).out)) return "the list is JSON";
  const auto report = json_of(run.run({"check", "--format", "json"}).out);
  if (!report) return "the report is JSON";
  const std::size_t findings = report->at("findings").size();
  if (lines_of(run.run({"check", "--format", "jsonl"}).out) != findings + report->at("failures").size())
    return "jsonl has a line a finding, and one for each file that could not be judged";
  if (lines_of(run.run({"check", "--format", "compact"}).out) != findings)
    return "the compact format has a line a finding";
  const auto sarif = json_of(run.run({"check", "--format", "sarif"}).out);
  if (!sarif || sarif->at("runs")[0].at("results").size() != findings) return "SARIF has every finding";
  const std::string text = run.run({"check"}).out;
  for (const char c : text)
    if (c != '\n' && static_cast<unsigned char>(c) < 0x20) return "text has no control characters";
  return run.writes() == 0 ? "" : "looking writes nothing";
}

std::string broken_move_law(const TextFiles& files, const std::vector<std::string>& options) {
  Run run(files);
  const Reading before = read(run);
  Words move = {"retarget", "--format", "json"};
  move.insert(move.end(), options.begin(), options.end());
  Words dry = move, locked = move;
  dry.insert(dry.end(), {"--dry-run"});
  locked.insert(locked.end(), {"--lock", "lock.json"});
  const ProgramRun planned = run.run(dry);
  const auto plan = json_of(planned.out);
  if (run.writes() != 0) return "--dry-run writes nothing";
  const ProgramRun moved = run.run(locked);
  // A file that cannot be read, as one with a NUL: there is no plan then.
  if (planned.code == 2 && planned.out.empty() && !planned.err.empty())
    return moved.code == 2 ? different(run, files) : "--dry-run fails as the run does";
  if (!plan) return "a plan is JSON";
  const auto report = json_of(moved.out);
  if (!report || report->at("edits") != plan->at("edits")) return "--dry-run reports the edits of the run";
  const auto wanted = edited(files, report->at("edits"));
  if (!wanted) return "edits are sorted and disjoint";
  if (moved.code == 2) return different(run, files).empty() ? "" : "a run that failed changed a file";
  if (const std::string wrong = different(run, *wanted); !wrong.empty())
    return "the reported edits are made and no others: " + wrong;
  if (*wanted == files) return {};

  const Reading after = read(run);
  if (after.uses != before.uses) return "the same uses afterwards:\n" + before.uses + "now\n" + after.uses;
  if (after.troubles != before.troubles) return "no new troubles";
  const std::size_t writes = run.writes();
  const auto second = json_of(run.run(move).out);
  if (!second || !second->at("edits").empty() || run.writes() != writes)
    return "a second run changes nothing: " + (second ? second->dump() : "no JSON");
  const ProgramRun back = run.run({"retarget", "--revert", "lock.json"});
  if (back.code != 0) return "the way back is found: " + back.err;
  const std::string wrong = different(run, files);
  return wrong.empty() ? "" : "--revert gives the old bytes: " + wrong;
}

std::string broken_fix_law(const TextFiles& files, bool unsafe) {
  Run run(files);
  const Reading before = read(run);
  Words fix = {"check", "--fix", "--format", "jsonl"};
  if (unsafe) fix.insert(fix.end(), {"--unsafe-fixes"});
  Words diff = {"check", "--diff"};
  if (unsafe) diff.insert(diff.end(), {"--unsafe-fixes"});
  const bool changes = !run.run(diff).out.empty();
  if (run.writes() != 0) return "--diff writes nothing";
  (void)run.run(fix);
  if ((run.writes() > 0) != changes) return "--diff shows whether anything changes";
  const std::size_t writes = run.writes();
  const ProgramRun second = run.run(fix);
  if (run.writes() != writes) return "fixing twice is fixing once: " + second.out + second.err;
  if (read(run).troubles > before.troubles) return "a fix makes no new troubles";
  return {};
}

}  // namespace imglint::test
