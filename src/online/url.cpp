#include "online/url.hpp"

#include <curl/curl.h>
#include <memory>

#include "base/percent.hpp"

namespace imglint {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, FreeUrl>;

std::optional<std::string> part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return std::nullopt;
  std::string result(text);
  curl_free(text);
  return result;
}

}  // namespace

std::optional<Url> read_url(std::string_view text, std::string_view base) {
  if (text.find('\0') != std::string_view::npos || text.size() > 8192) return std::nullopt;
  const UrlHandle handle(curl_url());
  if (!handle) return std::nullopt;
  if (!base.empty() && curl_url_set(handle.get(), CURLUPART_URL, std::string(base).c_str(), 0) != CURLUE_OK)
    return std::nullopt;
  if (curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK)
    return std::nullopt;
  if (part(handle.get(), CURLUPART_USER) || part(handle.get(), CURLUPART_PASSWORD)) return std::nullopt;
  curl_url_set(handle.get(), CURLUPART_FRAGMENT, nullptr, 0);
  Url url{.text = part(handle.get(), CURLUPART_URL).value_or(""),
          .scheme = part(handle.get(), CURLUPART_SCHEME).value_or(""),
          .host = part(handle.get(), CURLUPART_HOST).value_or(""),
          .port = part(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or("")};
  if ((url.scheme != "https" && url.scheme != "http") || url.host.empty() || url.port.empty())
    return std::nullopt;
  for (char& c : url.host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return url;
}

std::string form_text(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    if (!text.empty()) text += '&';
    text.append(percent_encoded(name, {})).append("=").append(percent_encoded(value, {}));
  }
  return text;
}

std::string with_query(const Url& url, const std::vector<std::pair<std::string, std::string>>& fields) {
  const bool has_query = url.text.find('?') != std::string::npos;
  return url.text + (has_query ? '&' : '?') + form_text(fields);
}

}  // namespace imglint
