#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/quote.hpp"
#include "online/bounded_json.hpp"
#include "online/client.hpp"
#include "registry/host.hpp"

namespace imglint {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_token_bytes = 1u << 20;
constexpr std::string_view denied_text =
    "the registry gives no token: it is private and wants other credentials, or there is no such image";

/// What may stand in a header.
bool is_header_text(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

std::string token_of(const Json& answer) {
  for (const char* key : {"token", "access_token"})
    if (const auto found = answer.find(key); found != answer.end() && found->is_string())
      return found->get<std::string>();
  return {};
}

std::chrono::seconds life_of(const Json& answer) {
  const auto found = answer.find("expires_in");
  const std::uint64_t seconds =
      found != answer.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 60;
  return std::chrono::seconds(std::clamp<std::uint64_t>(seconds, 10, 3600) - 5);
}

}  // namespace

std::string Client::token_key(const Task& task) {
  return task.question.registry + " " + task.question.repository + " " + scope_of(task);
}

std::string Client::scope_of(const Task& task) {
  return task.scope.empty() ? "repository:" + task.question.repository + ":pull" : task.scope;
}

bool Client::wants_token(const Task& task, const Host& host) const {
  if (!host.challenge || host.challenge->scheme != "bearer") return false;
  return credentials_->of(task.question.registry, task.question.repository).kind !=
         HostCredential::Kind::registry_token;
}

bool Client::has_token(Number number, Task& task, Host& host) {
  const std::string key = token_key(task);
  Token& token = tokens_[key];
  if (!token.value.empty() && token.expires > Clock::now()) return true;
  if (token.fetching) {
    if (std::find(token.waiting.begin(), token.waiting.end(), number) == token.waiting.end())
      token.waiting.push_back(number);
    task.is_sent = true;  // it waits for the answer
    return false;
  }
  fetch_token(number, task, host, key);
  return false;
}

std::string Client::authorization(Task& task, const Host& host) {
  const HostCredential credential = credentials_->of(task.question.registry, task.question.repository);
  if (credential.kind == HostCredential::Kind::registry_token && is_header_text(credential.secret)) {
    task.tried_fresh = true;
    return "Bearer " + credential.secret;
  }
  if (!host.challenge) return {};
  if (host.challenge->scheme == "bearer") {
    Token& token = tokens_[token_key(task)];
    task.tried_fresh = task.tried_fresh || token.fresh;
    token.fresh = false;
    return token.value.empty() ? std::string() : "Bearer " + token.value;
  }
  if (credential.kind != HostCredential::Kind::password) return {};
  task.tried_fresh = true;
  return "Basic " + to_base64(credential.user + ":" + credential.secret);
}

void Client::fetch_token(Number number, Task& task, Host& host, const std::string& key) {
  const std::string& registry = task.question.registry;
  const auto realm = read_url(host.challenge->parameter("realm"));
  if (!realm)
    return fail(number, AnswerState::denied,
                "the registry wants a token from " + strangers_words(host.challenge->parameter("realm")) +
                    ", which is not asked");
  if (std::string why = guard_.refusal_of_realm(registry, task.url, *realm); !why.empty())
    return fail(number, AnswerState::denied, std::move(why));
  const std::string origin = "token " + realm->origin();  // counted by themselves
  if (!has_room(origin)) return;
  std::vector<std::pair<std::string, std::string>> fields = {
      {"service", host.challenge->parameter("service")}, {"scope", scope_of(task)}};
  HttpRequest request = request_for(registry, *realm, host);
  request.headers = {"User-Agent: imglint"};
  HostCredential credential = credentials_->of(registry, task.question.repository);
  if (!guard_.may_see_credentials(registry, task.url, *realm)) credential = {};
  if (credential.kind == HostCredential::Kind::identity_token) {
    fields.insert(fields.begin(), {"grant_type", "refresh_token"});
    fields.emplace_back("client_id", "imglint");
    fields.emplace_back("refresh_token", credential.secret);
    request.method = HttpMethod::post;
    request.body = form_text(fields);
  } else {
    request.url = with_query(*realm, fields);
    if (credential.kind == HostCredential::Kind::password)
      request.headers.push_back("Authorization: Basic " +
                                to_base64(credential.user + ":" + credential.secret));
  }
  request.most_bytes = most_token_bytes;
  if (!task.has_begun) task.begun = Clock::now();
  task.has_begun = true;
  request.timeout = rest(task);
  task.is_sent = true;
  Token& token = tokens_[key];
  token.fetching = true;
  token.waiting.push_back(number);
  ++busy_[origin];
  exchanges_[transport_->start(std::move(request))] = {
      .task = number, .token = key, .origin = origin, .registry = registry};
}

void Client::fail_token(const std::string& key, AnswerState state, const std::string& why,
                        std::uint32_t http) {
  for (const Number number : std::exchange(tokens_[key].waiting, {})) fail(number, state, why, http);
}

void Client::receive_token(const Exchange& exchange, const HttpResponse& response) {
  Token& token = tokens_[exchange.token];
  token.fetching = false;
  const auto wake = [&] {
    for (const Number number : std::exchange(token.waiting, {}))
      if (const auto task = tasks_.find(number); task != tasks_.end()) task->second.is_sent = false;
  };
  const bool passing = response.failure == HttpFailure::broken || response.status >= 500;
  if (passing && ++token.attempts < 3) {
    const auto pause = std::chrono::milliseconds(500 << token.attempts);
    for (const Number number : token.waiting)
      if (const auto task = tasks_.find(number); task != tasks_.end())
        task->second.not_before = Clock::now() + pause;
    return wake();
  }
  if (response.failure == HttpFailure::address)
    return fail_token(exchange.token, AnswerState::denied,
                      "the registry wants a token from the address " + strangers_words(response.detail) +
                          ", which is not public",
                      0);
  if (response.failure != HttpFailure::none)
    return fail_token(exchange.token, AnswerState::error,
                      "no token was to be had (" + strangers_words(response.detail) + ")", 0);
  if (response.status == 429)
    return fail_token(exchange.token, AnswerState::limited, "too many tokens were asked for", 429);
  if (response.status >= 400 && response.status < 500)
    return fail_token(exchange.token, AnswerState::denied, std::string(denied_text), response.status);
  if (response.status != 200)
    return fail_token(exchange.token, AnswerState::error,
                      "no token was to be had: status " + std::to_string(response.status), response.status);
  const auto answer = parse_bounded(response.body);
  const std::string value = answer ? token_of(*answer) : std::string();
  if (!is_header_text(value))
    return fail_token(exchange.token, AnswerState::error, "what was sent for a token is none",
                      response.status);
  token.value = value;
  token.expires = Clock::now() + life_of(*answer);
  token.fresh = true;
  wake();
}

}  // namespace imglint
