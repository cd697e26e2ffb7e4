#include "output/merged/report_items.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/quote.hpp"
#include "output/merged/report_bytes.hpp"

namespace imglint {

bool ReportBytes::fetch() {
  const auto block = (*next_)();
  if (!block) error_ = block.error();
  block_ = block ? *block : std::string_view();
  at_ = 0;
  return !block_.empty();
}

void ReportBytes::too_much() {
  error_ = Error{.message = "more than 16 MiB without the end of a finding or a reference",
                 .line = line(),
                 .column = column()};
}

namespace {

using Json = nlohmann::ordered_json;

/// Where items stand in documents, `#` for any place in an array.
struct ItemPlace {
  std::string_view path;
  ItemKind kind;
  bool sarif;
};
constexpr ItemPlace item_places[] = {
    {"/runs/#/results/#", ItemKind::finding, true},
    {"/runs/#/invocations/#/toolExecutionNotifications/#", ItemKind::failure, true},
    {"/findings/#", ItemKind::finding, false},
    {"/failures/#", ItemKind::failure, false},
    {"/references/#", ItemKind::reference, false},
    {"/troubles/#", ItemKind::trouble, false},
};
/// The lists that make an object a document, and no line of JSON Lines.
constexpr std::string_view document_lists[] = {"runs", "findings", "references"};
constexpr std::string_view tool_name_place = "/runs/#/tool/driver/name";

/// The forms that are read, behind what a text looks like.
std::string looks_like(std::string_view form) {
  return "it looks like " + std::string(form) + "; reports to merge are jsonl, json or sarif";
}

/// What a text looks like that begins so; empty for a report.
std::string_view other_form(char first) {
  switch (first) {
    case '{':
    case '\xEF':  // of a byte order mark, which the parser knows
      return {};
    case '[':
      return "a gitlab report";
    case '<':
      return "a page or XML";
    case '\x1f':
      return "a file that gzip has packed";
    default:
      return "plain text";
  }
}

/// Keeps the items and passes over the rest of a document.
class ItemReader final : public nlohmann::json_sax<Json> {
 public:
  ItemReader(ReportBytes& bytes, const TakeItem& take) : bytes_(bytes), take_(take) {}

  bool null() override { return scalar(nullptr); }
  bool boolean(bool value) override { return scalar(value); }
  bool number_integer(number_integer_t value) override { return scalar(value); }
  bool number_unsigned(number_unsigned_t value) override { return scalar(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return scalar(value); }
  bool string(string_t& value) override { return scalar(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool key(string_t& name) override {
    (is_in_item() ? key_ : levels_.back().key) = name;
    return true;
  }
  bool start_object(std::size_t /*size*/) override { return open(false); }
  bool start_array(std::size_t /*size*/) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t /*position*/, const std::string& /*last*/,
                   const nlohmann::json::exception& /*error*/) override {
    const bool ended = bytes_.at_end();
    return fail(ended ? "the report breaks off here" : "the JSON breaks here");
  }

  [[nodiscard]] const Error& error() const { return error_; }

 private:
  /// An object or array around items.
  struct Level {
    bool array = false;
    std::string key = {};  ///< of an object: the last that was read
  };
  static constexpr std::size_t most_levels = 64;
  static constexpr std::size_t most_keys = 1000;  ///< they are searched one by one

  [[nodiscard]] bool is_in_item() const { return !open_.empty(); }

  [[nodiscard]] std::string path() const {
    std::string text;
    for (const Level& level : levels_) text.append("/").append(level.array ? "#" : level.key);
    return text;
  }

  [[nodiscard]] const ItemPlace* item_place() const {
    const std::string here = path();
    const auto* const found = std::ranges::find(item_places, here, &ItemPlace::path);
    return found == std::end(item_places) ? nullptr : found;
  }

  bool open(bool array) {
    if (levels_.size() + open_.size() >= most_levels)
      return fail("nested more than " + std::to_string(most_levels) + " deep");
    if (begins_document(array)) leave_line();
    if (is_in_item()) return add(array ? Json::array() : Json::object(), true);
    bytes_.mark();
    if (levels_.empty()) return array ? fail("a report is no list") : begin_item(nullptr);
    if (const ItemPlace* place = item_place())
      return array ? fail("a list where a finding or a reference belongs") : begin_item(place);
    levels_.push_back({.array = array});
    return true;
  }

  bool close() {
    if (!is_in_item()) {
      levels_.pop_back();
      return true;
    }
    open_.pop_back();
    return is_in_item() || finish_item();
  }

  bool scalar(Json value) {
    if (is_in_item()) return add(std::move(value), false);
    bytes_.mark();
    if (levels_.empty()) return fail("no report of imglint");
    if (item_place()) return fail("no finding and no reference");
    if (path() == tool_name_place && value != "imglint")
      return fail("a report of " +
                  (value.is_string() ? imglint::quoted(value.get<std::string>()) : "another tool") +
                  ", not of imglint");
    return true;
  }

  /// What was taken for a line turns out to have a list of items.
  [[nodiscard]] bool begins_document(bool array) const {
    return array && place_ == nullptr && levels_.empty() && open_.size() == 1 &&
           std::ranges::find(document_lists, key_) != std::end(document_lists);
  }
  void leave_line() {
    levels_.push_back({.array = false, .key = key_});
    open_.clear();
  }

  bool begin_item(const ItemPlace* place) {
    place_ = place;
    item_ = Json::object();
    open_ = {&item_};
    begin_ = {.line = bytes_.line(), .column = bytes_.column()};
    return true;
  }

  bool add(Json value, bool stays_open) {
    Json& parent = *open_.back();
    if (parent.size() >= most_keys && parent.is_object())
      return fail("an object with more than " + std::to_string(most_keys) + " keys");
    Json* added = nullptr;
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      added = &parent.back();
    } else {
      added = &(parent[key_] = std::move(value));
    }
    if (stays_open) open_.push_back(added);
    return true;
  }

  bool finish_item() {
    bytes_.mark();
    ReportItem item{.json = std::move(item_)};
    if (place_) {
      item.kind = place_->kind;
      item.sarif = place_->sarif;
    } else if (const auto rule = item.json.find("rule"); rule != item.json.end()) {
      item.kind = rule->is_null() ? ItemKind::failure : ItemKind::finding;
    } else if (item.json.contains("role")) {
      item.kind = ItemKind::reference;
    } else if (item.json.contains("message") && item.json.contains("editable")) {
      item.kind = ItemKind::trouble;  // a file that could not be listed
    } else {
      return fail_at(item.json.contains("diagnostics") ? looks_like("an rdjson report")
                                                       : "neither a finding nor a reference of imglint",
                     begin_);
    }
    const auto taken = take_(std::move(item));
    return taken || fail_at(taken.error().message, begin_);
  }

  bool fail(std::string message) {
    return fail_at(std::move(message), {.line = bytes_.line(), .column = bytes_.column()});
  }
  bool fail_at(std::string message, const Error& place) {
    if (error_.message.empty())
      error_ = bytes_.error().value_or(
          Error{.message = std::move(message), .line = place.line, .column = place.column});
    return false;
  }

  ReportBytes& bytes_;
  const TakeItem& take_;
  std::vector<Level> levels_;
  const ItemPlace* place_ = nullptr;  ///< of the item; null for a line
  Json item_;
  std::vector<Json*> open_;  ///< its objects and arrays that have not ended; none outside of items
  std::string key_;          ///< the last that was read in the item
  Error begin_ = {};         ///< its place
  Error error_ = {};
};

}  // namespace

Result<void> read_report(const NextBlock& next, const TakeItem& take) {
  ReportBytes bytes(next);
  bytes.skip_blanks();
  if (!bytes.at_end())
    if (const std::string_view form = other_form(bytes.front()); !form.empty())
      return Error{.message = looks_like(form), .line = bytes.line(), .column = bytes.column()};
  for (; !bytes.at_end(); bytes.skip_blanks()) {
    ItemReader reader(bytes, take);
    if (!Json::sax_parse(ReportIterator(bytes), ReportIterator(), &reader, Json::input_format_t::json, false))
      return reader.error();
  }
  if (bytes.error()) return *bytes.error();
  return {};
}

}  // namespace imglint
