#include <nlohmann/json.hpp>

#include "move/map_file.hpp"

namespace imglint {
namespace {

/// Collects the pairs of a flat object as the parser meets them, so that each has its place.
class PairReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit PairReader(std::string_view text) : text_(text) {}

  bool null() override { return other("null"); }
  bool boolean(bool /*value*/) override { return other("true or false"); }
  bool number_integer(number_integer_t /*value*/) override { return other("a number"); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return other("a number"); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return other("a number"); }
  bool binary(binary_t& /*value*/) override { return other("binary data"); }
  bool string(string_t& value) override {
    if (!inside_) return other("a string");
    if (!key_.starts_with("imglint:")) pairs.push_back({key_, value, place_});
    return true;
  }
  bool start_object(std::size_t /*size*/) override {
    if (inside_) return other("an object");
    inside_ = true;
    return true;
  }
  bool key(string_t& name) override {
    key_ = name;
    place_ = find_key(name);
    return true;
  }
  bool end_object() override { return true; }
  bool start_array(std::size_t /*size*/) override { return other("a list"); }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string& /*last*/,
                   const nlohmann::json::exception& /*error*/) override {
    fail("the JSON breaks here", position == 0 ? 0 : position - 1);
    return false;
  }

  struct Pair {
    std::string from;
    std::string to;
    std::size_t offset;
  };
  std::vector<Pair> pairs;
  std::string message;
  std::size_t offset = 0;

 private:
  /// The parser tells no offsets of what went well: keys are found in order, from the last one on.
  std::size_t find_key(const std::string& name) {
    const auto quoted = nlohmann::json(name).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const auto found = text_.find(quoted, searched_);
    if (found == std::string_view::npos) return place_;
    searched_ = found + quoted.size();
    return found;
  }
  bool other(const std::string& what) {
    fail(inside_ ? "'" + key_ + "' leads to " + what + ", not to a name"
                 : "a relocation map is an object of names, not " + what,
         place_);
    return false;
  }
  void fail(std::string text, std::size_t at) {
    if (!message.empty()) return;
    message = std::move(text);
    offset = at;
  }

  std::string_view text_;
  bool inside_ = false;
  std::string key_;
  std::size_t place_ = 0;
  std::size_t searched_ = 0;
};

/// Turns growing offsets into lines and columns in one pass.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {}
  std::pair<std::uint32_t, std::uint32_t> at(std::size_t offset) {
    for (; done_ < offset && done_ < text_.size(); ++done_) {
      if (text_[done_] != '\n') continue;
      ++line_;
      line_begin_ = done_ + 1;
    }
    return {line_, static_cast<std::uint32_t>(std::min(offset, text_.size()) - line_begin_ + 1)};
  }

 private:
  std::string_view text_;
  std::size_t done_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

MapFileResult read_relocation_map(const MapFile& file, std::uint32_t layer) {
  PairReader reader(file.text);
  const bool good = nlohmann::json::sax_parse(file.text, &reader);
  Places places(file.text);
  if (!good) {
    const auto [line, column] = places.at(reader.offset);
    return RunError{RefusalKind::bad_map,
                    Error{.message = reader.message, .path = file.path, .line = line, .column = column}};
  }
  std::vector<MapEntry> entries;
  for (PairReader::Pair& pair : reader.pairs) {
    const auto [line, column] = places.at(pair.offset);
    entries.push_back({.from = std::move(pair.from),
                       .to = std::move(pair.to),
                       .origin = file.path,
                       .line = line,
                       .column = column,
                       .layer = layer,
                       .exact = true});
  }
  return entries;
}

}  // namespace imglint
