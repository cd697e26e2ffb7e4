// Compose projects as compose-go assembles them (fixtures/conformance/projects.jsonl): which references
// count, with which values, and what the services are in the end.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/path.hpp"
#include "base/process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/repository.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;

/// File, begin and end.
using Place = std::tuple<std::string, std::uint64_t, std::uint64_t>;

struct Listed {
  std::set<std::string> values;
  std::set<std::string> roles;
};

std::string text_of(const Json& value) { return value.is_null() ? "nothing" : value.get<std::string>(); }

std::string show(const Place& place) {
  const auto& [file, begin, end] = place;
  return file + ":" + std::to_string(begin) + "-" + std::to_string(end);
}

class ProjectCase {
 public:
  explicit ProjectCase(const Json& object) : object_(object) {
    const std::string folder = "work/" + object_["dir"].get<std::string>();
    project_ = folder_.make_folder(folder);
    folder_.make_folder(".git");  // `../x` lies in the same repository
    for (const auto& [name, text] : object_["files"].items())
      folder_.write(normal_path(folder + "/" + name), text.get<std::string>());
  }

  /// What is wrong, a line each; empty if all is as it must be.
  std::string run() {
    const auto listed = start({"list", "--format", "jsonl"});
    if (is_refused()) {
      if (!object_.value("lenient", false) && listed.first == 0) complain("exit 0");
      return wrong_;
    }
    compare(references(listed.second));
    const Json all = Json::parse(start({"list", "--projects", "--format", "json"}).second, nullptr, false);
    if (all.is_discarded()) {
      complain("no JSON");
      return wrong_;
    }
    // A folder in it may have a project of its own.
    for (const Json& project : all["projects"])
      if (files_of(project) == object_["compose_files"]) {
        compare_project(project);
        return wrong_;
      }
    complain("no such project");
    return wrong_;
  }

 private:
  [[nodiscard]] bool is_refused() const {
    return object_["load"] == "error" && !object_.value("assembled", false);
  }

  void complain(const std::string& text) { wrong_ += text + "\n"; }

  std::pair<int, std::string> start(std::vector<std::string> words) {
    const Json& command = object_["command"];
    for (const auto& [name, value] : command["env"].items()) {
      words.emplace_back("--env");
      words.push_back(name + "=" + value.get<std::string>());
    }
    for (const Json& file : command["env_file"]) words.insert(words.end(), {"--env-file", file});
    for (const Json& file : command["files"]) words.insert(words.end(), {"-f", file});
    words.emplace_back(".");
    std::vector<std::string> all = {"sh", "-c",     "cd \"$1\" && shift && exec \"$@\"",
                                    "sh", project_, program_path().string()};
    all.insert(all.end(), words.begin(), words.end());
    const auto done = imglint::run({.words = all, .without = {}, .settings = {}});
    if (!done) {
      complain("could not be started");
      return {-1, {}};
    }
    if (done->status > 2) complain("exit " + std::to_string(done->status) + ": " + done->errors);
    return {done->status, done->output};
  }

  static std::map<Place, Listed> references(const std::string& output) {
    static const std::set<std::string> no_image = {"stage", "stage-index", "scratch", "context"};
    std::map<Place, Listed> found;
    for (const std::string& line : split(output, '\n')) {
      const Json row = Json::parse(line, nullptr, false);
      if (row.is_discarded() || !row["active"].get<bool>()) continue;
      if (row.contains("effective") && !row["effective"].get<bool>()) continue;
      if (no_image.contains(row["kind"].get<std::string>())) continue;
      Listed& one = found[{normal_path(row["file"].get<std::string>()), row["start"], row["end"]}];
      one.values.insert(text_of(row["value"]));
      one.roles.insert(row["role"].get<std::string>());
    }
    return found;
  }

  [[nodiscard]] std::set<std::string> project_files() const {
    std::set<std::string> files;
    for (const Json& file : object_["read"]) files.insert(file.get<std::string>());
    for (const Json& service : object_["services"])
      if (service.contains("build") && service["build"].contains("file"))
        files.insert(service["build"]["file"].get<std::string>());
    return files;
  }

  void compare(const std::map<Place, Listed>& listed) {
    const std::set<std::string> files = project_files();
    std::set<Place> known;
    for (const Json& reference : object_["references"]) {
      const Place place{reference["file"], reference["start"], reference["end"]};
      known.insert(place);
      const auto found = listed.find(place);
      if (reference["effective"] != true) {
        if (found != listed.end() && files.contains(std::get<0>(place)))
          complain(show(place) + " does not count");
        continue;
      }
      if (found == listed.end()) {
        complain(show(place) + " is not listed");
        continue;
      }
      std::set<std::string> wanted = {text_of(reference["resolved"])};
      if (reference.contains("values")) {
        wanted.clear();
        for (const Json& value : reference["values"]) wanted.insert(text_of(value));
      }
      for (const std::string& value : found->second.values)
        if (!wanted.contains(value)) complain(show(place) + " is " + value + ", wanted " + *wanted.begin());
      const std::string role = reference["role"];
      if (role == "image" || role == "built-image")
        if (found->second.roles != std::set<std::string>{role})
          complain(show(place) + " has not the role " + role);
    }
    for (const auto& [place, one] : listed)
      if (!known.contains(place) && files.contains(std::get<0>(place)))
        complain(show(place) + " is no reference of the project");
  }

  void compare_field(const std::string& name, const Json& wanted, const Json& found) {
    if (wanted != found) complain(name + " is " + found.dump() + ", wanted " + wanted.dump());
  }

  static Json files_of(const Json& project) {
    Json files = Json::array();
    for (const Json& file : project["files"]) files.push_back(normal_path(file.get<std::string>()));
    return files;
  }

  void compare_project(const Json& project) {
    if (!object_.value("lenient", false)) compare_field("name", object_["project_name"], project["name"]);
    const Json files = files_of(project);
    compare_field("files", object_["compose_files"], files);
    std::set<std::string> read;
    for (const Json& each : {files, project["read"]})
      for (const Json& file : each) read.insert(normal_path(file.get<std::string>()));
    std::set<std::string> wanted;
    for (const Json& file : object_["read"]) wanted.insert(file.get<std::string>());
    compare_field("read", Json(wanted), Json(read));
    std::map<std::string, Json> services;
    for (const Json& service : project["services"]) services[service["name"]] = service;
    if (services.size() != object_["services"].size()) complain("other services");
    for (const auto& [name, service] : object_["services"].items())
      compare_service(name, service, services[name]);
  }

  void compare_service(const std::string& name, const Json& wanted, const Json& found) {
    if (found.is_null()) return complain("no service " + name);
    const Json& image = found["image"];
    compare_field(name + ".image", wanted["image"], image.is_null() ? image : image["value"]);
    compare_field(name + ".built", wanted["built"], !found["build"].is_null());
    compare_field(name + ".pull_policy", wanted["pull_policy"], found["pull_policy"]);
    compare_field(name + ".enabled", wanted.value("enabled", true), found["enabled"]);
    compare_field(name + ".profiles", wanted.value("profiles", Json::array()), found["profiles"]);
    if (wanted.contains("output")) compare_field(name + ".output", wanted["output"], found["output"]);
    if (!wanted.contains("build") || wanted["build"].is_null()) return;
    const Json& build = wanted["build"];
    const Json& made = found["build"];
    compare_field(name + ".context", build["context"], made["context"]);
    if (build.contains("file")) compare_field(name + ".file", build["file"], made["dockerfile"]);
    // What no environment gives is no argument for docker compose.
    Json args = Json::object();
    for (const auto& argument : made["args"].items())
      if (!argument.value().is_null()) args[argument.key()] = argument.value();
    compare_field(name + ".args", build.value("args", Json::object()), args);
    if (build.contains("target")) compare_field(name + ".target", build["target"], made["target"]["value"]);
    std::set<std::string> contexts;
    std::set<std::string> given;
    const Json wanted_contexts = build.value("contexts", Json::object());
    for (const auto& context : wanted_contexts.items()) contexts.insert(context.key());
    for (const auto& context : made["contexts"].items()) given.insert(context.key());
    compare_field(name + ".contexts", Json(contexts), Json(given));
  }

  const Json& object_;
  TemporaryFolder folder_{true};
  std::string project_;
  std::string wrong_;
};

TEST(ProjectCases, AreAssembledAsDockerComposeDoesIt) {
  std::size_t count = 0;
  for (const std::string& line : split(read_repository_file("fixtures/conformance/projects.jsonl"), '\n')) {
    if (line.empty()) continue;
    ++count;
    const Json object = Json::parse(line);
    EXPECT_EQ(ProjectCase(object).run(), "") << object["name"];
  }
  EXPECT_GE(count, 93u);
}

}  // namespace
}  // namespace imglint::test
