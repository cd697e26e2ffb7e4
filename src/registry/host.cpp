#include "registry/host.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstring>

#include "base/ascii.hpp"

namespace imglint {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

using Four = std::array<std::uint8_t, 4>;
using Sixteen = std::array<std::uint8_t, 16>;

HostKind kind_of(const Four& address) {
  const unsigned a = address[0], b = address[1];
  if (a == 127) return HostKind::loopback;
  const bool shared = a == 100 && b >= 64 && b < 128;
  const bool benchmark = a == 198 && (b == 18 || b == 19);
  const bool private_network = a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168);
  const bool special =
      a == 0 || a >= 224 || (a == 169 && b == 254) || (a == 192 && b == 0 && address[2] == 0);
  return shared || benchmark || private_network || special ? HostKind::private_ : HostKind::public_;
}

HostKind kind_of(const Sixteen& address) {
  const auto zeros = [&](std::size_t count) {
    return std::all_of(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(count),
                       [](std::uint8_t byte) { return byte == 0; });
  };
  const auto four = [&](std::size_t at) {
    return kind_of(Four{address[at], address[at + 1], address[at + 2], address[at + 3]});
  };
  if (zeros(15) && address[15] == 1) return HostKind::loopback;
  if (zeros(10) && address[10] == 0xFF && address[11] == 0xFF) return four(12);  // ::ffff:a.b.c.d
  if (zeros(12)) return HostKind::private_;                                      // ::, ::a.b.c.d
  if (address[0] == 0x20 && address[1] == 0x02) return four(2);                  // 6to4
  constexpr std::array<std::uint8_t, 12> translated = {0, 0x64, 0xFF, 0x9B};
  if (std::equal(translated.begin(), translated.end(), address.begin())) return four(12);
  if (address[0] == 0xFC || address[0] == 0xFD || address[0] == 0xFF) return HostKind::private_;
  if (address[0] == 0xFE && address[1] >= 0x80) return HostKind::private_;
  return HostKind::public_;
}

/// A last label that is a number makes the whole a number to resolvers.
bool looks_like_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.empty()) return true;
  if (std::all_of(last.begin(), last.end(), is_digit)) return true;
  return last.starts_with("0x") || last.starts_with("0X");
}

}  // namespace

std::string_view host_without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, std::min(host.find(']'), host.size()) - 1);
  return host.substr(0, host.find(':'));
}

std::string_view port_of(std::string_view host) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  return colon == std::string_view::npos ? std::string_view() : host.substr(colon + 1);
}

HostKind address_kind(std::string_view address) {
  const std::string without_zone(address.substr(0, address.find('%')));
  Four four{};
  if (inet_pton(AF_INET, without_zone.c_str(), four.data()) == 1) return kind_of(four);
  Sixteen sixteen{};
  if (inet_pton(AF_INET6, without_zone.c_str(), sixteen.data()) == 1) return kind_of(sixteen);
  return HostKind::public_;
}

HostKind host_kind(std::string_view host) {
  std::string name = lower_case(host_without_port(host));
  if (name.ends_with('.')) name.pop_back();
  if (name == "localhost" || name.ends_with(".localhost")) return HostKind::loopback;
  const bool six = name.find(':') != std::string::npos;
  Four four{};
  if (six || inet_pton(AF_INET, name.c_str(), four.data()) == 1) return address_kind(name);
  if (looks_like_number(name)) return HostKind::private_;
  return name.find('.') == std::string::npos ? HostKind::single_label : HostKind::public_;
}

bool is_host(std::string_view host) {
  const std::string_view name = host_without_port(host);
  const std::string_view port = port_of(host);
  if (name.empty() || host.size() > 255) return false;
  if (host.find(':') != std::string_view::npos && !host.starts_with('[') && port.empty()) return false;
  if (!port.empty()) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (error != std::errc{} || end != port.data() + port.size() || number == 0 || number > 65535)
      return false;
  }
  if (host.starts_with('[')) {
    Sixteen sixteen{};
    return inet_pton(AF_INET6, std::string(name).c_str(), sixteen.data()) == 1 &&
           host.substr(0, name.size() + 2) == "[" + std::string(name) + "]" &&
           (host.size() == name.size() + 2 || host[name.size() + 2] == ':');
  }
  if (!is_letter(name.front()) && !is_digit(name.front())) return false;  // `..` must not become a folder
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_repository(std::string_view text) {
  if (text.empty() || text.size() > 255 || text.front() == '/' || text.back() == '/') return false;
  if (text.find("//") != std::string_view::npos || text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '/';
  });
}

}  // namespace imglint
