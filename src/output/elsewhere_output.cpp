#include "output/elsewhere_output.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/counted.hpp"
#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "output/json_text.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

constexpr std::size_t most_shown = 5;

std::string place(const LeftName& one) {
  return printable_path(one.file) + ":" + std::to_string(one.line) + ":" + std::to_string(one.column);
}

nlohmann::ordered_json place_object(const LeftName& one) {
  return {{"file", valid_utf8(one.file)}, {"line", one.line},    {"column", one.column},
          {"start", one.span.begin},      {"end", one.span.end}, {"name", valid_utf8(one.name)}};
}

/// `; a.sql, b.sql and 2 more WHY`; empty without files.
std::string named_files(const std::vector<std::string>& files, std::string_view why) {
  constexpr std::size_t most = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, files.size()); ++i)
    text += (i == 0 ? "; " : ", ") + printable(files[i]);
  if (files.size() > most) text += " and " + std::to_string(files.size() - most) + " more";
  return text.empty() ? text : text.append(" ").append(why);
}

/// Files that were not searched.
std::string passed_over(const PassedOver& passed) {
  return named_files(passed.huge, "not searched: more than " + readable_size(default_max_file_size)) +
         named_files(passed.unreadable, "not searched: cannot be read");
}

std::string why_left_out(const Elsewhere& elsewhere, const std::string& file) {
  const auto why = elsewhere.left_out.find(file);
  return why == elsewhere.left_out.end() ? std::string() : ": " + printable(why->second);
}

}  // namespace

std::string elsewhere_kinds(const Elsewhere& elsewhere) {
  std::vector<std::pair<std::string, std::size_t>> kinds(elsewhere.by_kind.begin(), elsewhere.by_kind.end());
  std::ranges::stable_sort(kinds, [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [kind, count] : kinds)
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + printable(kind);
  return text;
}

std::string elsewhere_messages(const Elsewhere& elsewhere) {
  const std::string not_searched = passed_over(elsewhere.passed);
  if (elsewhere.files == 0)
    return not_searched.empty() ? not_searched
                                : "imglint: note: no old name stays elsewhere" + not_searched + "\n";
  std::string text;
  for (std::size_t i = 0; i < std::min(most_shown, elsewhere.places.size()); ++i)
    text += place(elsewhere.places[i]) + ": note: '" + printable(elsewhere.places[i].name) + "' stays here" +
            why_left_out(elsewhere, elsewhere.places[i].file) + "\n";
  text += "imglint: note: " + counted(elsewhere.places.size(), "old name stays", "old names stay") + " in " +
          counted(elsewhere.files, "file") + " (" + elsewhere_kinds(elsewhere) + ")" + not_searched + "\n";
  return text;
}

std::string elsewhere_table(const Elsewhere& elsewhere) {
  std::string text;
  for (const LeftName& one : elsewhere.places) text += place(one) + ": " + printable(one.name) + "\n";
  return text;
}

nlohmann::ordered_json elsewhere_object(const Elsewhere& elsewhere) {
  using Json = nlohmann::ordered_json;
  Json kinds = Json::object();
  for (const auto& [kind, count] : elsewhere.by_kind) kinds[valid_utf8(kind)] = count;
  Json places = Json::array();
  for (const LeftName& one : elsewhere.places) {
    places.push_back(place_object(one));
    if (const auto why = elsewhere.left_out.find(one.file); why != elsewhere.left_out.end())
      places.back()["left_out"] = valid_utf8(why->second);
  }
  return {{"files", elsewhere.files},
          {"by_kind", std::move(kinds)},
          {"places", std::move(places)},
          {"searched", elsewhere.searched},
          {"passed_over",
           {{"binary", elsewhere.passed.binary},
            {"huge", elsewhere.passed.huge.size()},
            {"unreadable", elsewhere.passed.unreadable.size()}}}};
}

std::string elsewhere_lines(const Elsewhere& elsewhere) {
  std::string text;
  for (const LeftName& one : elsewhere.places)
    text += harmless_json(
                place_object(one).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) +
            "\n";
  return text;
}

std::string elsewhere_json(const Elsewhere& elsewhere) {
  nlohmann::ordered_json object = elsewhere_object(elsewhere);
  object["version"] = 1;
  return harmless_json(object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + "\n";
}

}  // namespace imglint
