#include "online/transport.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <curl/curl.h>
#include <openssl/ssl.h>

#include "base/ascii.hpp"
#include "online/proxy.hpp"
#include "registry/host.hpp"

namespace imglint {
namespace {

constexpr std::size_t most_header_bytes = 256u << 10;

bool is_allowed(AddressRule rule, std::string_view address) {
  switch (rule) {
    case AddressRule::any:
      return true;
    case AddressRule::loopback_only:
      return address_kind(address) == HostKind::loopback;
    case AddressRule::public_only:
      return address_kind(address) == HostKind::public_;
  }
  return false;
}

HttpFailure failure_of(CURLcode code, bool connected) {
  switch (code) {
    case CURLE_OK:
      return HttpFailure::none;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return HttpFailure::resolve;
    case CURLE_COULDNT_CONNECT:
      return HttpFailure::connect;
    case CURLE_SSL_CONNECT_ERROR:
      return HttpFailure::handshake;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
      return HttpFailure::certificate;
    case CURLE_ABORTED_BY_CALLBACK:
      return HttpFailure::address;
    case CURLE_OPERATION_TIMEDOUT:
      return connected ? HttpFailure::timeout : HttpFailure::connect;
    default:
      return HttpFailure::broken;
  }
}

int load_extra(CURL* /*handle*/, void* context, void* files) {
  for (const std::string& file : *static_cast<const std::vector<std::string>*>(files))
    if (SSL_CTX_load_verify_locations(static_cast<SSL_CTX*>(context), file.c_str(), nullptr) != 1)
      return CURLE_SSL_CACERT_BADFILE;
  return CURLE_OK;
}

}  // namespace

std::string HttpResponse::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

struct Transport::Transfer {
  Id id = 0;
  HttpRequest request;
  CURL* handle = nullptr;
  curl_slist* headers = nullptr;
  HttpResponse response;
  HttpFailure own_failure = HttpFailure::none;  ///< why a callback ended it
  std::size_t header_bytes = 0;
  std::array<char, CURL_ERROR_SIZE> error = {};

  Transfer() = default;
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() {
    curl_easy_cleanup(handle);
    curl_slist_free_all(headers);
  }

  static int on_connected(void* self, char* address, char* /*local*/, int /*port*/, int /*local_port*/) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (is_allowed(transfer.request.addresses, address)) return CURL_PREREQFUNC_OK;
    transfer.own_failure = HttpFailure::address;
    transfer.response.detail = address;
    return CURL_PREREQFUNC_ABORT;
  }

  static std::size_t on_header(char* data, std::size_t /*one*/, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.header_bytes += size;
    if (transfer.header_bytes > most_header_bytes) {
      transfer.own_failure = HttpFailure::too_large;
      return 0;
    }
    const std::string_view line(data, size);
    if (line.starts_with("HTTP/")) transfer.response.headers.clear();  // a status before the last one
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    const std::string_view value = trimmed(line.substr(colon + 1));
    const auto [place, fresh] =
        transfer.response.headers.try_emplace(lower_case(trimmed(line.substr(0, colon))), value);
    if (!fresh) place->second.append(", ").append(value);
    return size;
  }

  static std::size_t on_body(char* data, std::size_t /*one*/, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string encoding = lower_case(transfer.response.header("content-encoding"));
    if (!encoding.empty() && encoding != "identity") {
      transfer.own_failure = HttpFailure::encoding;
      return 0;
    }
    if (transfer.response.body.size() + size > transfer.request.most_bytes) {
      transfer.own_failure = HttpFailure::too_large;
      return 0;
    }
    transfer.response.body.append(data, size);
    return size;
  }

  /// False if libcurl cannot do what safety needs: it is older than 7.85.
  [[nodiscard]] bool set_up();
  void set_trust();
  void finish(CURLcode code);
};

void Transport::Transfer::set_trust() {
  const Trust& trust = request.trust;
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!trust.bundle.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, trust.bundle.c_str());
  if (!trust.folder.empty()) curl_easy_setopt(handle, CURLOPT_CAPATH, trust.folder.c_str());
  if (!trust.extra.empty()) {
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, load_extra);
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, &request.trust.extra);
  }
  if (!trust.client_certificate.empty()) {
    curl_easy_setopt(handle, CURLOPT_SSLCERT, trust.client_certificate.c_str());
    curl_easy_setopt(handle, CURLOPT_SSLKEY, trust.client_key.c_str());
  }
}

bool Transport::Transfer::set_up() {
  handle = curl_easy_init();
  if (!handle) return false;
  for (const std::string& header : request.headers) headers = curl_slist_append(headers, header.c_str());
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_PRIVATE, this);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error.data());
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  if (curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https") != CURLE_OK) return false;
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(handle, CURLOPT_PIPEWAIT, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, 30L);
  const std::string proxy = request.by_proxy ? proxy_for(request.url) : std::string();
  curl_easy_setopt(handle, CURLOPT_PROXY, proxy.c_str());  // empty: none, whatever the environment says
  // Behind a proxy the address is the proxy's.
  if (!proxy.empty()) request.addresses = AddressRule::any;
  if (curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, on_connected) != CURLE_OK) return false;
  curl_easy_setopt(handle, CURLOPT_PREREQDATA, this);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  if (request.method == HttpMethod::head) curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  if (request.method == HttpMethod::post) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  }
  set_trust();
  return true;
}

void Transport::Transfer::finish(CURLcode code) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  double connected = 0;
  curl_easy_getinfo(handle, CURLINFO_CONNECT_TIME, &connected);
  response.status = static_cast<std::uint32_t>(status);
  response.failure = own_failure != HttpFailure::none ? own_failure : failure_of(code, connected > 0);
  if (response.failure != HttpFailure::none && response.failure != HttpFailure::address)
    response.detail = error[0] != '\0' ? error.data() : curl_easy_strerror(code);
}

struct Transport::State {
  CURLM* multi = nullptr;
  Id next = 1;
  std::map<Id, std::unique_ptr<Transfer>> running;
  std::vector<std::pair<Id, HttpResponse>> done;

  void collect() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      char* self = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
      auto* transfer = reinterpret_cast<Transfer*>(self);
      transfer->finish(message->data.result);
      curl_multi_remove_handle(multi, transfer->handle);
      done.emplace_back(transfer->id, std::move(transfer->response));
      running.erase(transfer->id);
    }
  }
};

Transport::Transport() : state_(std::make_unique<State>()) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  state_->multi = curl_multi_init();
  curl_multi_setopt(state_->multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
}

Transport::~Transport() {
  for (const auto& [id, transfer] : state_->running)
    curl_multi_remove_handle(state_->multi, transfer->handle);
  state_->running.clear();
  curl_multi_cleanup(state_->multi);
}

Transport::Id Transport::start(HttpRequest request) {
  auto transfer = std::make_unique<Transfer>();
  transfer->id = state_->next++;
  transfer->request = std::move(request);
  const Id id = transfer->id;
  if (!transfer->set_up() || curl_multi_add_handle(state_->multi, transfer->handle) != CURLM_OK) {
    HttpResponse response;
    response.failure = HttpFailure::broken;
    response.detail = "libcurl cannot begin, or is older than 7.85";
    state_->done.emplace_back(id, std::move(response));
    return id;
  }
  state_->running.emplace(id, std::move(transfer));
  return id;
}

void Transport::wait(std::chrono::milliseconds patience, int input) {
  int running = 0;
  curl_multi_perform(state_->multi, &running);
  state_->collect();
  if (!state_->done.empty()) return;
  curl_waitfd extra{.fd = input, .events = CURL_WAIT_POLLIN, .revents = 0};
  curl_multi_poll(state_->multi, &extra, input >= 0 ? 1 : 0, static_cast<int>(patience.count()), nullptr);
  curl_multi_perform(state_->multi, &running);
  state_->collect();
}

std::vector<std::pair<Transport::Id, HttpResponse>> Transport::take() {
  return std::exchange(state_->done, {});
}

std::size_t Transport::running() const { return state_->running.size(); }

std::uint64_t retry_seconds(const std::string& header, std::int64_t now) {
  std::uint64_t seconds = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (error == std::errc{} && end == header.data() + header.size()) return seconds;
  const std::int64_t date = curl_getdate(header.c_str(), nullptr);
  return date > now ? static_cast<std::uint64_t>(date - now) : 0;
}

}  // namespace imglint
