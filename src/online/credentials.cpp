#include "online/credentials.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/quote.hpp"
#include "online/bounded_json.hpp"

namespace imglint {
namespace {

using Json = nlohmann::json;

constexpr std::string_view hub = "docker.io";
constexpr std::string_view hub_server = "https://index.docker.io/v1/";

/// A key without scheme, version and slash at the end; all spellings of Docker Hub are one.
std::string plain_key(std::string_view key) {
  for (const std::string_view scheme : {"https://", "http://"})
    if (key.starts_with(scheme)) key.remove_prefix(scheme.size());
  while (key.ends_with('/')) key.remove_suffix(1);
  for (const std::string_view version : {"/v1", "/v2"})
    if (key.ends_with(version)) key.remove_suffix(version.size());
  const std::size_t slash = std::min(key.find('/'), key.size());
  const std::string host = lower_case(key.substr(0, slash));
  if (host == "index.docker.io" || host == "registry-1.docker.io")
    return std::string(hub).append(key.substr(slash));
  return host + std::string(key.substr(slash));
}

HostCredential password(std::string_view user_and_password) {
  const std::size_t colon = user_and_password.find(':');
  if (colon == std::string_view::npos) return {};
  return {.kind = HostCredential::Kind::password,
          .user = std::string(user_and_password.substr(0, colon)),
          .secret = std::string(user_and_password.substr(colon + 1))};
}

/// An entry of `auths`; nothing if it says nothing.
std::optional<HostCredential> credential_of(const Json& entry) {
  if (!entry.is_object()) return std::nullopt;
  if (std::string token = text_of(entry, "registrytoken"); !token.empty())
    return HostCredential{.kind = HostCredential::Kind::registry_token, .secret = std::move(token)};
  if (std::string token = text_of(entry, "identitytoken"); !token.empty())
    return HostCredential{.kind = HostCredential::Kind::identity_token, .secret = std::move(token)};
  if (const auto decoded = from_base64(text_of(entry, "auth")); decoded && !decoded->empty()) {
    std::string_view pair = *decoded;
    while (pair.ends_with('\0')) pair.remove_suffix(1);  // docker's own padding
    if (HostCredential found = password(pair); found.kind != HostCredential::Kind::none) return found;
  }
  if (const std::string user = text_of(entry, "username"); !user.empty())
    return HostCredential{
        .kind = HostCredential::Kind::password, .user = user, .secret = text_of(entry, "password")};
  return std::nullopt;
}

bool is_helper_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
  });
}

/// The value of the longest key that is the registry, or the registry with a path above the repository.
const Json* best_entry(const Json& entries, const std::string& registry, const std::string& repository,
                       bool paths) {
  const Json* best = nullptr;
  std::size_t length = 0;
  const std::string whole = registry + "/" + repository;
  for (const auto& item : entries.items()) {
    const std::string key = plain_key(item.key());
    const bool below =
        paths && whole.starts_with(key) && (whole.size() == key.size() || whole[key.size()] == '/');
    if ((key != registry && !(below && key.size() > registry.size())) || key.size() < length) continue;
    best = &item.value();
    length = key.size();
  }
  return best;
}

}  // namespace

void Credentials::give(const std::string& registry, std::string_view user_and_password) {
  given_[plain_key(registry)] = password(user_and_password);
}

void Credentials::remark(std::string remark) {
  if (std::find(remarks_.begin(), remarks_.end(), remark) == remarks_.end())
    remarks_.push_back(std::move(remark));
}

std::optional<HostCredential> Credentials::from_helper(const std::string& name, const std::string& registry) {
  if (!is_helper_name(name)) {
    remark(quote(name) + " is no name of a credential helper");
    return std::nullopt;
  }
  const auto [place, fresh] = helped_.try_emplace(name + " " + registry);
  if (!fresh) return place->second;
  std::string message;
  const auto printed = ask_(name, registry == hub ? std::string(hub_server) : registry, message);
  if (!message.empty()) remark("docker-credential-" + name + ": " + message);
  if (!printed) return std::nullopt;
  const Json answer = Json::parse(*printed, nullptr, false);
  if (!answer.is_object()) {
    remark("docker-credential-" + name + " printed no JSON object");
    return std::nullopt;
  }
  const std::string user = text_of(answer, "Username");
  std::string secret = text_of(answer, "Secret");
  if (secret.empty()) return std::nullopt;
  if (user == "<token>")
    place->second = HostCredential{.kind = HostCredential::Kind::identity_token, .secret = std::move(secret)};
  else
    place->second =
        HostCredential{.kind = HostCredential::Kind::password, .user = user, .secret = std::move(secret)};
  return place->second;
}

std::optional<HostCredential> Credentials::in_file(const CredentialFile& file, const std::string& registry,
                                                   const std::string& repository) {
  const Json object = Json::parse(file.text, nullptr, false);
  if (!object.is_object()) {
    remark(file.origin + " is no JSON object, so its credentials are not used");
    return std::nullopt;
  }
  if (const auto helpers = object.find("credHelpers"); helpers != object.end() && helpers->is_object())
    if (const Json* name = best_entry(*helpers, registry, repository, file.paths); name && name->is_string())
      return from_helper(name->get<std::string>(), registry);
  if (const std::string store = text_of(object, "credsStore"); !store.empty())
    if (auto found = from_helper(store, registry)) return found;
  if (const auto auths = object.find("auths"); auths != object.end() && auths->is_object())
    if (const Json* entry = best_entry(*auths, registry, repository, file.paths))
      return credential_of(*entry);
  return std::nullopt;
}

const HostCredential& Credentials::of(const std::string& registry, const std::string& repository) {
  const auto [place, fresh] = found_.try_emplace({registry, repository});
  if (fresh) place->second = find(registry, repository);
  return place->second;
}

HostCredential Credentials::find(const std::string& registry, const std::string& repository) {
  const std::string key = plain_key(registry);
  if (const auto given = given_.find(key); given != given_.end()) return given->second;
  for (const CredentialFile& file : files_)
    if (const auto found = in_file(file, key, repository)) return *found;
  return {};
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string result;
  std::uint32_t bits = 0;
  int count = 0;
  while (text.ends_with('=')) text.remove_suffix(1);
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (const char c : text) {
    const std::size_t value = letters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    result += static_cast<char>(bits >> count & 0xFF);
  }
  return result;
}

std::string to_base64(std::string_view text) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (std::size_t at = 0; at < text.size(); at += 3) {
    std::uint32_t bits = 0;
    const std::size_t size = std::min<std::size_t>(3, text.size() - at);
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8 | (i < size ? static_cast<unsigned char>(text[at + i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i) result += i <= size ? letters[bits >> (18 - 6 * i) & 0x3F] : '=';
  }
  return result;
}

}  // namespace imglint
