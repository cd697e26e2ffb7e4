#include "source/temporary_name.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <climits>
#include <fstream>
#include <optional>
#include <signal.h>
#include <sys/random.h>
#include <sys/types.h>
#include <unistd.h>

namespace imglint {
namespace {

constexpr std::string_view prefix = ".imglint-";
constexpr std::int64_t one_day = std::int64_t{24} * 3600 * 1'000'000'000;

std::string hex(std::uint64_t value, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += "0123456789abcdef"[value >> shift & 15];
  return text;
}

std::string link_target(const char* path) {
  std::array<char, PATH_MAX> buffer;
  const ssize_t size = readlink(path, buffer.data(), buffer.size());
  return size < 0 ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(size));
}

/// Of the host, its current boot and our process namespace (FNV-1a).
std::string hash_of_machine() {
  std::array<char, 256> host = {};
  gethostname(host.data(), host.size() - 1);
  std::string boot;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
  std::uint32_t hash = 2166136261u;
  const std::string all = host.data() + ('\n' + boot) + '\n' + link_target("/proc/self/ns/pid");
  for (const char byte : all) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
  return hex(hash, 8);
}

const std::string& machine() {
  static const std::string hash = hash_of_machine();
  return hash;
}

/// Should the system have none to give, creating the file still fails rather than overwrite another.
std::uint64_t random_bits() {
  std::uint64_t bits = 0;
  if (getentropy(&bits, sizeof bits) == 0) return bits;
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

/// The text up to a dash, taken off the front.
std::string_view take_part(std::string_view& text) {
  const std::string_view part = text.substr(0, text.find('-'));
  text.remove_prefix(part.size() == text.size() ? part.size() : part.size() + 1);
  return part;
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::optional<pid_t> process_number(std::string_view text) {
  pid_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

}  // namespace

std::string new_temporary_name() {
  return std::string(prefix) + machine() + "-" + std::to_string(getpid()) + "-" + hex(random_bits(), 16);
}

bool is_left_over(std::string_view name, std::int64_t age) {
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  const std::string_view made_on = take_part(name);
  const auto process = process_number(take_part(name));
  if (!is_hex(made_on, 8) || !process || !is_hex(name, 16)) return false;
  if (made_on != machine()) return age > one_day;
  return kill(*process, 0) != 0 && errno == ESRCH;
}

}  // namespace imglint
