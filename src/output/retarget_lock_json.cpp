#include "output/retarget_lock_json.hpp"

#include <charconv>
#include <map>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/own_files.hpp"
#include "base/printable.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

/// What an entry says of a path. It stands between `imglint:` and `:PATH`; with `-bytes` behind it the path
/// is no UTF-8, and in hexadecimal.
constexpr std::string_view file_word = "file";      ///< its edits
constexpr std::string_view kind_word = "kind";      ///< as what it was read
constexpr std::string_view reader_word = "reader";  ///< the same, of one that tells what others hold

std::string dump(const Json& value, int indent = -1) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string hexadecimal(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = "0123456789abcdef"[value & 0xF];
  return text;
}

std::optional<std::uint64_t> from_hexadecimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (!point.valid) return false;
    text.remove_prefix(point.size);
  }
  return true;
}

std::string key_of(std::string_view word, std::string_view path) {
  std::string key = "imglint:" + std::string(word);
  if (is_utf8(path)) return key.append(":").append(path);
  key += "-bytes:";
  for (const char byte : path) {
    const auto value = static_cast<unsigned char>(byte);
    key += "0123456789abcdef"[value >> 4];
    key += "0123456789abcdef"[value & 0xF];
  }
  return key;
}

/// The path of which a key says something; nothing if it says something else.
std::optional<std::string> path_of_key(std::string_view word, std::string_view key) {
  const std::string start = "imglint:" + std::string(word);
  if (!key.starts_with(start)) return std::nullopt;
  key.remove_prefix(start.size());
  if (key.starts_with(':')) return std::string(key.substr(1));
  constexpr std::string_view bytes = "-bytes:";
  if (!key.starts_with(bytes)) return std::nullopt;
  std::string path;
  for (key.remove_prefix(bytes.size()); key.size() >= 2; key.remove_prefix(2)) {
    const auto value = from_hexadecimal(key.substr(0, 2));
    if (!value) return std::nullopt;
    path += static_cast<char>(*value);
  }
  return path;
}

std::string edits_text(const LockedFile& file) {
  Json edits = Json::array();
  for (const LockedEdit& edit : file.edits)
    edits.push_back({{"start", edit.start},
                     {"column", edit.column},
                     {"line", hexadecimal(edit.line)},
                     {"now", edit.now},
                     {"was", edit.was}});
  return dump(edits);
}

Error broken(std::string_view what) {
  return {.message = "this is no lock of imglint: " + std::string(what)};
}

/// Only fields of the right type, so that nothing below throws.
std::optional<LockedEdit> read_edit(const Json& json) {
  const auto is = [&](const char* key, auto test) { return json.contains(key) && (json[key].*test)(); };
  if (!json.is_object() || !is("start", &Json::is_number_unsigned) ||
      !is("column", &Json::is_number_unsigned) || !is("line", &Json::is_string) ||
      !is("now", &Json::is_string) || !is("was", &Json::is_string))
    return std::nullopt;
  const auto line = from_hexadecimal(json["line"].get_ref<const std::string&>());
  const auto start = json["start"].get<std::uint64_t>();
  const auto column = json["column"].get<std::uint64_t>();
  if (!line || start > 0xFFFFFFFF || column > start) return std::nullopt;
  return LockedEdit{.start = static_cast<std::uint32_t>(start),
                    .column = static_cast<std::uint32_t>(column),
                    .line = *line,
                    .now = json["now"].get<std::string>(),
                    .was = json["was"].get<std::string>()};
}

std::optional<LockedFile> read_file_edits(std::string_view path, const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_array()) return std::nullopt;
  LockedFile file{.path = std::string(path), .edits = {}};
  for (const Json& item : json) {
    auto edit = read_edit(item);
    if (!edit) return std::nullopt;
    file.edits.push_back(*std::move(edit));
  }
  return file;
}

/// An object of texts in their order. Theirs of the library looks through all keys for each.
class Texts {
 public:
  /// Of two of one key the later holds, at the place of the first.
  void set(const std::string& key, std::string value) {
    const auto [found, is_new] = places_.emplace(key, entries_.size());
    if (is_new)
      entries_.emplace_back(key, std::move(value));
    else
      entries_[found->second].second = std::move(value);
  }
  [[nodiscard]] const std::string* find(const std::string& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? nullptr : &entries_[found->second].second;
  }
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& entries() const { return entries_; }

 private:
  std::vector<std::pair<std::string, std::string>> entries_;
  std::unordered_map<std::string, std::size_t> places_;
};

std::string json_of_texts(const Texts& object) {
  std::string text = "{";
  for (const auto& [key, value] : object.entries()) {
    text += text.size() == 1 ? "\n  " : ",\n  ";
    text.append(dump(Json(key))).append(": ").append(dump(Json(value)));
  }
  return text + "\n}\n";
}

/// `other` is the key of the first value that is no text.
Result<Texts> read_texts(std::string_view text, std::optional<std::string>& other) {
  Texts texts;
  std::string key;
  const auto take = [&](int depth, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::key && depth == 1) key = parsed.get_ref<const std::string&>();
    if (depth == 0 || event == Json::parse_event_t::key) return depth == 0;
    if (event == Json::parse_event_t::value && depth == 1 && parsed.is_string())
      texts.set(key, parsed.get_ref<const std::string&>());
    else if (!other)
      other = key;
    return true;
  };
  const Json rest = Json::parse(text, take, false);
  if (!rest.is_object()) return broken("it is no JSON object");
  return texts;
}

}  // namespace

std::string lock_json(const Lock& lock) {
  Texts object;
  object.set(std::string(move_lock_key), "1");
  for (const auto& [source, target] : lock.images) object.set(source, target);
  for (const LockedFile& file : lock.files) {
    object.set(key_of(file_word, file.path), edits_text(file));
    if (!file.kind.empty()) object.set(key_of(kind_word, file.path), file.kind);
  }
  for (const LockedReader& reader : lock.readers) object.set(key_of(reader_word, reader.path), reader.kind);
  return json_of_texts(object);
}

Result<Lock> read_lock_json(std::string_view text) {
  std::optional<std::string> other;
  const Result<Texts> object = read_texts(text, other);
  if (!object) return object.error();
  const std::string* format = object->find(std::string(move_lock_key));
  if (!format || *format != "1") return broken("'imglint:version' is not \"1\"");
  if (other) return broken("'" + *other + "' is no string");
  Lock lock;
  std::map<std::string, std::string> kinds;
  for (const auto& [key, string] : object->entries()) {
    if (const auto path = path_of_key(file_word, key)) {
      auto file = read_file_edits(*path, string);
      if (!file) return broken("the edits of '" + *path + "' cannot be read");
      lock.files.push_back(*std::move(file));
    } else if (auto reader = path_of_key(reader_word, key)) {
      lock.readers.push_back({.path = *std::move(reader), .kind = string});
    } else if (auto read_as = path_of_key(kind_word, key)) {
      kinds.emplace(*std::move(read_as), string);
    } else if (!key.starts_with("imglint:")) {
      lock.images.emplace_back(key, string);
    }
  }
  for (LockedFile& file : lock.files)
    if (const auto kind = kinds.find(file.path); kind != kinds.end()) file.kind = kind->second;
  return lock;
}

}  // namespace imglint
