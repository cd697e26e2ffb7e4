// Transport: HTTP requests side by side, by libcurl. It follows no redirect, keeps no cookie and knows no
// credentials: what is sent is what the request says.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace imglint {

enum class HttpMethod : std::uint8_t { head, get, post };

/// Which addresses a request may be sent to. Looked at when the connection stands, so that no second answer
/// of a name server can get around it.
enum class AddressRule : std::uint8_t { public_only, loopback_only, any };

/// Whose certificates are believed, and what we show of our own.
struct Trust {
  std::string bundle;              ///< in place of the system's; may be empty
  std::string folder;              ///< of certificates by hash, the same
  std::vector<std::string> extra;  ///< files of further certificates
  std::string client_certificate;
  std::string client_key;
};

struct HttpRequest {
  HttpMethod method = HttpMethod::get;
  std::string url;
  std::vector<std::string> headers;  ///< `Name: value`
  std::string body;                  ///< post: a form
  std::size_t most_bytes = 0;        ///< of the answer's body
  AddressRule addresses = AddressRule::public_only;
  bool by_proxy = true;  ///< the proxies of the environment count
  Trust trust;
  std::chrono::milliseconds connect_timeout{10000};
  std::chrono::milliseconds timeout{60000};
};

enum class HttpFailure : std::uint8_t {
  none,
  resolve,      ///< no address of that name
  connect,      ///< nobody answers there
  handshake,    ///< what answers speaks no TLS
  certificate,  ///< it is not whom the name says
  address,      ///< the address is one that must not be asked
  too_large,    ///< more bytes than a good answer has
  encoding,     ///< compressed, though that was not asked for
  timeout,
  broken,  ///< the connection ended early
};

struct HttpResponse {
  HttpFailure failure = HttpFailure::none;
  std::string detail;  ///< for people; of an address: which one
  std::uint32_t status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case; several of a name joined by `, `
  std::string body;

  /// Empty if it is not there.
  [[nodiscard]] std::string header(const std::string& name) const;
};

class Transport {
 public:
  Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  ~Transport();

  using Id = std::uint64_t;
  Id start(HttpRequest request);
  /// Works until an answer is whole, `input` can be read (unless it is negative), or the time is over.
  void wait(std::chrono::milliseconds patience, int input);
  /// The answers that came, each once.
  [[nodiscard]] std::vector<std::pair<Id, HttpResponse>> take();
  [[nodiscard]] std::size_t running() const;

 private:
  struct Transfer;
  struct State;
  std::unique_ptr<State> state_;
};

/// Seconds until the moment of a Retry-After header, which is a number or a date; 0 if it is neither.
[[nodiscard]] std::uint64_t retry_seconds(const std::string& header, std::int64_t now);

}  // namespace imglint
