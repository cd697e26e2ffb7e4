#include <algorithm>
#include <charconv>
#include <ctime>

#include "base/quote.hpp"
#include "online/client.hpp"
#include "online/manifest.hpp"
#include "registry/digest.hpp"
#include "registry/host.hpp"

namespace imglint {
namespace {

using std::chrono::milliseconds;

constexpr int most_hops = 5;
constexpr std::uint64_t longest_wait = 30;  ///< seconds that are waited when a registry asks for it

/// Pause before the next of several attempts.
milliseconds pause_after(int attempts) { return milliseconds(500 << std::min(attempts, 2)); }

bool is_redirect(std::uint32_t status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_by_digest(const RegistryQuestion& question) {
  return question.reference.find(':') != std::string::npos;
}

std::string_view algorithm_of(std::string_view digest) { return digest.substr(0, digest.find(':')); }

/// `100;w=21600` counts 100; -1 if it is no number.
std::int64_t count_of(const std::string& header) {
  std::int64_t value = -1;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), value);
  return error == std::errc{} && end != header.data() ? value : -1;
}

std::string missing_text(const RegistryQuestion& question) {
  if (question.want == Want::tags) return "no such repository";
  return is_by_digest(question) ? "no such digest" : "no such tag, or no such repository";
}

std::string failure_text(const HttpResponse& response, const std::string& registry) {
  switch (response.failure) {
    case HttpFailure::none:
      return {};
    case HttpFailure::resolve:
      return registry + " has no address";
    case HttpFailure::connect:
      return registry + " does not answer";
    case HttpFailure::handshake:
      return registry + " speaks no TLS; if it is to be asked without: --plain-http " + registry;
    case HttpFailure::certificate:
      return registry + " shows a certificate that is not trusted (" + strangers_words(response.detail) + ")";
    case HttpFailure::address:
      return registry + " leads to the address " + strangers_words(response.detail) +
             ", which is not public; if that is right, name the host with --host-allow";
    case HttpFailure::too_large:
      return registry + " sends more than such an answer can be";
    case HttpFailure::encoding:
      return registry + " sends compressed bytes that nobody asked for";
    case HttpFailure::timeout:
      return registry + " takes too long";
    case HttpFailure::broken:
      return "the connection to " + registry + " broke";
  }
  return {};
}

/// What holds for the whole host, whatever is asked.
bool concerns_host(HttpFailure failure) {
  return failure == HttpFailure::resolve || failure == HttpFailure::connect ||
         failure == HttpFailure::handshake || failure == HttpFailure::certificate ||
         failure == HttpFailure::address;
}

}  // namespace

void Client::receive(const Exchange& exchange, const HttpResponse& response) {
  if (!exchange.token.empty()) return receive_token(exchange, response);
  Host& host = hosts_[exchange.registry];
  --host.asking;
  if (const auto task = tasks_.find(exchange.task); task != tasks_.end()) {
    task->second.is_sent = false;
    receive_manifest(exchange.task, response);
  }
}

void Client::receive_manifest(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  Host& host = hosts_[task.question.registry];
  if (response.failure != HttpFailure::none) return receive_failure(number, response);
  if (task.hops == 0) {
    host.plain = task.url.is_plain();
    host.answered = true;
  }
  const std::uint32_t status = response.status;
  if (status == 200) return receive_found(number, response);
  if (status == 401) return receive_challenge(number, response);
  if (is_redirect(status)) return receive_redirect(number, response);
  if (status == 429) return receive_limit(number, response);
  receive_refusal(number, response);
}

void Client::receive_failure(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  const std::string& registry = task.question.registry;
  Host& host = hosts_[registry];
  const bool first = task.hops == 0 && !host.plain && !guard_.is_plain(registry);
  const bool no_tls = response.failure == HttpFailure::handshake || response.failure == HttpFailure::broken;
  if (first && no_tls && (host_kind(registry) == HostKind::loopback || guard_.is_insecure(registry))) {
    host.plain = true;
    return;
  }
  const std::string who = task.hops == 0 ? registry : task.url.host;
  const std::string why = failure_text(response, who);
  if (response.failure == HttpFailure::broken && try_again(task, pause_after(task.attempts))) return;
  if (task.hops == 0) {
    const bool silent = response.failure == HttpFailure::timeout && !host.answered;
    if (concerns_host(response.failure) || silent) give_up(registry, AnswerState::error, why);
    note_failure(registry, why);
  }
  fail(number, AnswerState::error, why);
}

void Client::receive_found(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  hosts_[task.question.registry].failures = 0;
  if (task.question.want == Want::tags)
    receive_tags(number, response);
  else if (task.method == HttpMethod::head)
    receive_head(number, response);
  else
    receive_bytes(number, response);
}

void Client::receive_head(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  const std::string digest = response.header("docker-content-digest");
  const ManifestMedia media = media_of(response.header("content-type"));
  if (!is_digest(digest) || media == ManifestMedia::unknown) {
    task.method = HttpMethod::get;  // it says too little: the bytes themselves are asked for
    return;
  }
  if (is_by_digest(task.question) && digest != task.question.reference)
    return fail(number, AnswerState::error, "the registry answers with another digest, " + digest, 200);
  answer(number, {.state = AnswerState::found,
                  .digest = digest,
                  .is_index = media == ManifestMedia::index,
                  .http = 200,
                  .remaining = count_of(response.header("ratelimit-remaining"))});
}

void Client::receive_bytes(Number number, const HttpResponse& response) {
  const Task& task = tasks_.at(number);
  const std::string header = response.header("docker-content-digest");
  const bool by_digest = is_by_digest(task.question);
  const std::string known = is_digest(header) ? header : "sha256:";
  const std::string& wanted = by_digest ? task.question.reference : known;
  const std::string digest = digest_of(response.body, algorithm_of(wanted));
  if (by_digest && digest != wanted)
    return fail(number, AnswerState::error, "the bytes are not those of the digest, but " + digest, 200);
  if (is_digest(header) && digest_of(response.body, algorithm_of(header)) != header)
    return fail(number, AnswerState::error, "the registry gives the digest " + header + " to other bytes",
                200);
  auto facts = read_manifest(response.body, response.header("content-type"));
  if (!facts) return fail(number, AnswerState::error, facts.error().message, 200);
  answer(number, {.state = AnswerState::found,
                  .digest = digest,
                  .is_index = facts->is_index,
                  .proved = true,
                  .http = 200,
                  .remaining = count_of(response.header("ratelimit-remaining")),
                  .children = std::move(facts->children)});
}

void Client::receive_challenge(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  if (!is_at_home(task))
    return fail(number, AnswerState::denied,
                "the registry leads to " + quote(task.url.host) + ", which wants credentials of its own",
                401);
  Host& host = hosts_[task.question.registry];
  const std::vector<Challenge> challenges = read_challenges(response.header("www-authenticate"));
  const auto find = [&](std::string_view scheme) {
    return std::find_if(challenges.begin(), challenges.end(),
                        [&](const Challenge& one) { return one.scheme == scheme; });
  };
  const auto bearer = find("bearer");
  const auto chosen = bearer != challenges.end() ? bearer : find("basic");
  if (chosen == challenges.end())
    return fail(number, AnswerState::denied, "the registry wants credentials, but does not say how", 401);
  const std::string scope = chosen->parameter("scope");
  const bool other_scope = chosen->parameter("error") == "insufficient_scope" && !scope.empty() &&
                           scope != scope_of(task) && task.scope.empty();
  constexpr int most_challenges = 4;
  const bool no_password =
      chosen->scheme == "basic" && credentials_->of(task.question.registry, task.question.repository).kind !=
                                       HostCredential::Kind::password;
  if (no_password)
    return fail(number, AnswerState::denied, "the registry wants a user and a password, and none are known",
                401);
  if ((task.tried_fresh && !other_scope) || ++task.challenges > most_challenges)
    return fail(number, AnswerState::denied,
                "the registry refuses: it is private and wants other credentials, or there is no such image",
                401);
  if (scope.size() <= 1024) task.scope = scope;
  host.challenge = *chosen;
  tokens_[token_key(task)].value.clear();
}

void Client::receive_redirect(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  if (++task.hops > most_hops)
    return fail(number, AnswerState::error, "the registry leads in circles", response.status);
  const auto target = read_url(response.header("location"), task.url.text);
  if (!target)
    return fail(
        number, AnswerState::error,
        "the registry leads to " + strangers_words(response.header("location")) + ", which is not asked",
        response.status);
  if (std::string why = guard_.refusal_of_redirect(task.question.registry, task.url, *target); !why.empty())
    return fail(number, AnswerState::error, std::move(why), response.status);
  task.url = *target;
}

void Client::receive_limit(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  const std::string& registry = task.question.registry;
  const std::uint64_t seconds = retry_seconds(response.header("retry-after"), std::time(nullptr));
  const auto pause =
      seconds > 0 ? milliseconds(std::min(seconds, longest_wait + 1) * 1000) : pause_after(task.attempts);
  if (seconds <= longest_wait && pause < rest(task) && try_again(task, milliseconds(0))) {
    task.not_before = Clock::now() + pause;
    return;
  }
  const std::string why = registry + " has been asked too often" +
                          (seconds > 0 ? "; come again in " + std::to_string(seconds) + " seconds" : "");
  Host& host = hosts_[registry];
  host.retry_after = seconds;
  give_up(registry, AnswerState::limited, why);
  answer(number, {.state = AnswerState::limited, .http = 429, .error = why, .retry_after = seconds});
}

void Client::receive_refusal(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  const std::uint32_t status = response.status;
  const bool no_head = status == 400 || status == 405 || status == 501;
  if (task.method == HttpMethod::head && no_head) {
    task.method = HttpMethod::get;
    return;
  }
  if (status == 404) return fail(number, AnswerState::missing, missing_text(task.question), 404);
  if (status == 403)
    return fail(number, AnswerState::denied,
                "the registry refuses: it is private and wants other credentials, or there is no such image",
                403);
  if ((status == 408 || status >= 500) && try_again(task, pause_after(task.attempts))) return;
  std::string why = "the registry answers with status " + std::to_string(status);
  if (status == 400 && response.body.find("HTTPS server") != std::string::npos)
    why = "this host speaks TLS, and was asked without";
  note_failure(task.question.registry, why);
  fail(number, AnswerState::error, why, status);
}

}  // namespace imglint
