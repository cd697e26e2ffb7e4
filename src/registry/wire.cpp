#include "registry/wire.hpp"

#include <limits>

#include <nlohmann/json.hpp>

#include "base/quote.hpp"
#include "registry/digest.hpp"

namespace imglint {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t most_children = 10000;
constexpr std::size_t most_tags = 1000000;

std::string line_of(const OrderedJson& object) {
  return object.dump(-1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

Error bad_line(std::string_view line, std::string_view why) {
  return {.message = "a line that is none of the protocol: " + std::string(why) + ": " + quote(line)};
}

std::string text(const OrderedJson& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t number(const OrderedJson& object, const char* key, std::uint64_t otherwise) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : otherwise;
}

unsigned small_number(const OrderedJson& object, const char* key, unsigned otherwise) {
  const std::uint64_t value = number(object, key, otherwise);
  return value > std::numeric_limits<unsigned>::max() ? otherwise : static_cast<unsigned>(value);
}

bool flag(const OrderedJson& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::vector<std::string> texts(const OrderedJson& list) {
  std::vector<std::string> result;
  if (list.is_array())
    for (const OrderedJson& item : list)
      if (item.is_string()) result.push_back(item.get<std::string>());
  return result;
}

std::vector<std::string> texts(const OrderedJson& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? std::vector<std::string>() : texts(*found);
}

RegistryAccess access_of(const OrderedJson& object) {
  RegistryAccess access;
  access.jobs = small_number(object, "jobs", access.jobs);
  access.timeout = small_number(object, "timeout", access.timeout);
  access.connect_timeout = small_number(object, "connect_timeout", access.connect_timeout);
  access.hosts = texts(object, "hosts");
  access.trusted = texts(object, "trusted");
  access.plain_http = texts(object, "plain_http");
  access.insecure = texts(object, "insecure");
  if (const auto realms = object.find("realms"); realms != object.end() && realms->is_object())
    for (const auto& [registry, hosts] : realms->items()) access.realms[registry] = texts(hosts);
  access.ca = text(object, "ca");
  access.authfile = text(object, "authfile");
  if (const auto given = object.find("credentials"); given != object.end() && given->is_object())
    for (const auto& [host, value] : given->items())
      if (value.is_string()) access.credentials[host] = value.get<std::string>();
  return access;
}

std::optional<AnswerState> state_named(std::string_view name) {
  for (const AnswerState state : {AnswerState::found, AnswerState::missing, AnswerState::denied,
                                  AnswerState::limited, AnswerState::not_asked, AnswerState::error})
    if (to_string(state) == name) return state;
  return std::nullopt;
}

std::optional<Want> want_named(std::string_view name) {
  for (const Want want : {Want::digest, Want::manifest, Want::tags})
    if (to_string(want) == name) return want;
  return std::nullopt;
}

/// False if an entry is none.
bool read_tags(const OrderedJson& object, std::vector<std::string>& into) {
  const auto list = object.find("tags");
  if (list == object.end()) return true;
  if (!list->is_array() || list->size() > most_tags) return false;
  for (const OrderedJson& item : *list) {
    if (!item.is_string() || !is_tag(item.get_ref<const std::string&>())) return false;
    into.push_back(item.get<std::string>());
  }
  return true;
}

/// False if an entry is none.
bool read_children(const OrderedJson& object, std::vector<ManifestChild>& into) {
  const auto list = object.find("children");
  if (list == object.end()) return true;
  if (!list->is_array() || list->size() > most_children) return false;
  for (const OrderedJson& item : *list) {
    if (!item.is_object()) return false;
    ManifestChild child{.digest = text(item, "digest"),
                        .platform = text(item, "platform"),
                        .attestation = flag(item, "attestation")};
    if (!is_digest(child.digest)) return false;
    into.push_back(std::move(child));
  }
  return true;
}

}  // namespace

std::string wire_line(const RegistryAccess& access) {
  OrderedJson object{{"hello", 1},
                     {"jobs", access.jobs},
                     {"timeout", access.timeout},
                     {"connect_timeout", access.connect_timeout},
                     {"hosts", access.hosts},
                     {"trusted", access.trusted},
                     {"plain_http", access.plain_http},
                     {"insecure", access.insecure},
                     {"realms", access.realms}};
  if (!access.ca.empty()) object["ca"] = access.ca;
  if (!access.authfile.empty()) object["authfile"] = access.authfile;
  if (!access.credentials.empty()) object["credentials"] = access.credentials;
  return line_of(object);
}

std::string wire_line(const RegistryQuestion& question) {
  return line_of({{"id", question.id},
                  {"registry", question.registry},
                  {"repository", question.repository},
                  {"reference", question.reference},
                  {"want", to_string(question.want)}});
}

std::string wire_line(const RegistryAnswer& answer) {
  OrderedJson object{{"id", answer.id}, {"state", to_string(answer.state)}};
  if (!answer.digest.empty()) {
    object["digest"] = answer.digest;
    object["media"] = answer.is_index ? "index" : "manifest";
    object["proved"] = answer.proved;
  }
  if (answer.http != 0) object["http"] = answer.http;
  if (!answer.error.empty()) object["error"] = answer.error;
  if (answer.retry_after != 0) object["retry_after"] = answer.retry_after;
  if (answer.remaining >= 0) object["remaining"] = answer.remaining;
  if (answer.given_up) object["given_up"] = true;
  if (answer.plain) object["plain"] = true;
  if (answer.by_proxy) object["by_proxy"] = true;
  const bool has_tags = answer.state == AnswerState::found && answer.digest.empty();
  if (has_tags || !answer.tags.empty()) object["tags"] = answer.tags;
  if (!answer.children.empty()) {
    OrderedJson children = OrderedJson::array();
    for (const ManifestChild& child : answer.children) {
      OrderedJson item{{"digest", child.digest}};
      if (!child.platform.empty()) item["platform"] = child.platform;
      if (child.attestation) item["attestation"] = true;
      children.push_back(std::move(item));
    }
    object["children"] = std::move(children);
  }
  return line_of(object);
}

Result<WireRequest> read_request(std::string_view line) {
  const OrderedJson object = OrderedJson::parse(line, nullptr, false);
  if (!object.is_object()) return Error{.message = "a line that is no JSON object"};
  if (object.contains("hello")) {
    if (number(object, "hello", 0) != 1) return Error{.message = "another version of the protocol"};
    return WireRequest(access_of(object));
  }
  if (!object.contains("id") || !object["id"].is_number_unsigned()) return bad_line(line, "it has no id");
  const auto want = want_named(text(object, "want"));
  if (!want) return bad_line(line, "it wants what is not known");
  return WireRequest(RegistryQuestion{.id = number(object, "id", 0),
                                      .registry = text(object, "registry"),
                                      .repository = text(object, "repository"),
                                      .reference = text(object, "reference"),
                                      .want = *want});
}

Result<RegistryAnswer> read_answer(std::string_view line) {
  const OrderedJson object = OrderedJson::parse(line, nullptr, false);
  if (!object.is_object()) return bad_line(line, "it is no JSON object");
  if (!object.contains("id") || !object["id"].is_number_unsigned()) return bad_line(line, "it has no id");
  const auto state = state_named(text(object, "state"));
  if (!state) return bad_line(line, "its state is not known");
  RegistryAnswer answer{.id = number(object, "id", 0),
                        .state = *state,
                        .digest = text(object, "digest"),
                        .is_index = text(object, "media") == "index",
                        .proved = flag(object, "proved"),
                        .http = small_number(object, "http", 0),
                        .error = text(object, "error"),
                        .retry_after = number(object, "retry_after", 0),
                        .given_up = flag(object, "given_up"),
                        .plain = flag(object, "plain"),
                        .by_proxy = flag(object, "by_proxy")};
  if (const auto left = object.find("remaining"); left != object.end() && left->is_number_unsigned())
    answer.remaining = static_cast<std::int64_t>(small_number(object, "remaining", 0));
  if (!read_tags(object, answer.tags)) return bad_line(line, "its tags are none");
  const bool wants_digest = answer.state == AnswerState::found && !object.contains("tags");
  if (wants_digest && !is_digest(answer.digest)) return bad_line(line, "its digest is none");
  if (!read_children(object, answer.children)) return bad_line(line, "its children are none");
  return answer;
}

}  // namespace imglint
