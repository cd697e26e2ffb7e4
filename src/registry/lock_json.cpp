#include <nlohmann/json.hpp>

#include "base/date.hpp"
#include "base/own_files.hpp"
#include "base/quote.hpp"
#include "registry/digest.hpp"
#include "registry/lock.hpp"

namespace imglint {
namespace {

using Json = nlohmann::json;  // its objects are sorted

Error broken(std::string what, std::string hint = {}) {
  return {.message = "this is no lock of digests: " + std::move(what), .hint = std::move(hint)};
}

std::string text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// An object of strings to strings that pass; false if it is none.
template <class Fits>
bool read_map(const Json& object, const char* key, const Fits& fits,
              std::map<std::string, std::string>& into) {
  const auto found = object.find(key);
  if (found == object.end()) return true;
  if (!found->is_object()) return false;
  for (const auto& item : found->items()) {
    const std::string value = text(*found, item.key().c_str());
    if (!fits(item.key(), value)) return false;
    into.emplace(item.key(), value);
  }
  return true;
}

std::optional<LockedImage> read_image(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  const std::string media = text(object, "media");
  LockedImage image{.digest = text(object, "digest"), .is_index = media == "index", .at = text(object, "at")};
  if (!is_digest(image.digest) || !is_date(image.at) || (media != "index" && media != "manifest"))
    return std::nullopt;
  const bool good =
      read_map(
          object, "seen", [](auto& name, auto& value) { return is_digest(name) && is_date(value); },
          image.seen) &&
      read_map(
          object, "platforms", [](auto& name, auto& value) { return is_platform(name) && is_digest(value); },
          image.platforms);
  image.seen.try_emplace(image.digest, image.at);
  return good ? std::optional(std::move(image)) : std::nullopt;
}

}  // namespace

std::string digest_lock_text(const DigestLock& lock) {
  Json images = Json::object();
  for (const auto& [name, image] : lock.images) {
    Json object{{"digest", image.digest},
                {"media", image.is_index ? "index" : "manifest"},
                {"at", image.at},
                {"seen", image.seen}};
    if (!image.platforms.empty()) object["platforms"] = image.platforms;
    images[name] = std::move(object);
  }
  return Json{{"version", 1}, {"images", std::move(images)}}.dump(2, ' ', false,
                                                                  Json::error_handler_t::replace) +
         "\n";
}

Result<DigestLock> read_digest_lock(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return broken("it is no JSON object");
  if (json.contains(std::string(move_lock_key)))
    return broken("it is the lock of a move", "retarget --revert reads it; digests want a file of their own");
  const auto version = json.find("version");
  if (version == json.end() || *version != 1) return broken("'version' is not 1");
  const auto images = json.find("images");
  if (images == json.end() || !images->is_object()) return broken("it has no 'images'");
  DigestLock lock;
  for (const auto& [name, value] : images->items()) {
    auto image = read_image(value);
    if (!image) return broken("what it says of " + quote(name) + " cannot be read");
    lock.images.emplace(name, *std::move(image));
  }
  return lock;
}

}  // namespace imglint
