// Result: a value, or the reason why the job could not be done. The names are those of std::expected, which
// C++20 lacks. Wrong input is never an Error; it is a Trouble or a Finding.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace imglint {

/// Why a job could not be done. Printed as `path:line:column: error: message` and a hint on its own line.
struct Error {
  std::string message;       ///< lower-case start, no final stop, names what the user wrote
  std::string hint = {};     ///< what to do about it; may be empty
  std::string path = {};     ///< the file it is about, raw bytes (print it with printable()); may be empty
  std::uint32_t line = 0;    ///< 1-based; 0 where there is no line
  std::uint32_t column = 0;  ///< 1-based, in bytes; 0 where there is none
  bool is_about_binary = false;  ///< there is such a file, and it holds no text
};

/// E is Error, but for the file system, which answers in the system's own codes (std::errc).
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return assert(has_value()), *std::get_if<0>(&state_); }
  const T& value() const& { return assert(has_value()), *std::get_if<0>(&state_); }
  T&& value() && { return assert(has_value()), std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E& error() & { return assert(!has_value()), *std::get_if<1>(&state_); }
  const E& error() const& { return assert(!has_value()), *std::get_if<1>(&state_); }
  E&& error() && { return assert(!has_value()), std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, E> state_;
};

template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  Result() = default;
  Result(E error) : error_(std::move(error)), failed_(true) {}

  [[nodiscard]] bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] const E& error() const { return assert(failed_), error_; }

 private:
  E error_{};
  bool failed_ = false;
};

}  // namespace imglint
