#include "playground/answer.hpp"

#include <exception>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "playground/held_files.hpp"

namespace imglint::playground {
namespace {

using nlohmann::json;

struct Run {
  ExitCode code = ExitCode::failed;
  std::string out;
  std::string err;
};

Run run(const json& question) {
  HeldFiles files(question.value("files", std::map<std::string, std::string>()));
  const auto input = question.value("input", std::string());
  Run result;
  const auto read_input = [&](std::uint64_t limit) -> Result<std::string> {
    if (input.size() > limit)
      return Error{.message = "the text is larger than " + std::to_string(limit) + " bytes"};
    return input;
  };
  const Session session{
      .files = files,
      .read_input = read_input,
      .out = [&](std::string_view text) { result.out += text; },
      .err = [&](std::string_view text) { result.err += text; },
  };
  result.code = run_program(question.at("words").get<std::vector<std::string>>(), session);
  return result;
}

/// Text from a file may be no UTF-8, which JSON must be.
std::string to_text(const Run& result) {
  const json answer = {{"code", static_cast<int>(result.code)}, {"out", result.out}, {"err", result.err}};
  return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string answer(std::string_view question) {
  Run result;
  try {
    result = run(json::parse(question));
  } catch (const std::exception& error) {
    result = {
        .code = ExitCode::failed, .out = {}, .err = std::string("imglint: error: ") + error.what() + '\n'};
  }
  return to_text(result);
}

}  // namespace imglint::playground
