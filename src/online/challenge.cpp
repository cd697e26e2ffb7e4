#include "online/challenge.hpp"

#include <tao/pegtl.hpp>

#include "base/ascii.hpp"
#include "grammar/challenge.hpp"

namespace imglint {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::challenge;

/// What the actions fill in. A name may turn out to be the next challenge's scheme, so that only a whole
/// parameter counts.
struct Reading {
  std::vector<Challenge> challenges;
  std::string name;
  std::string value;
};

template <class Rule>
struct Take : pegtl::nothing<Rule> {};

template <>
struct Take<rule::scheme> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Reading& reading) {
    reading.challenges.push_back({.scheme = lower_case(in.string()), .parameters = {}});
  }
};
template <>
struct Take<rule::parameter_name> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Reading& reading) {
    reading.name = lower_case(in.string());
    reading.value.clear();
  }
};
struct TakeValue {
  template <class ActionInput>
  static void apply(const ActionInput& in, Reading& reading) {
    reading.value.append(in.begin(), in.size());
  }
};
template <>
struct Take<rule::quoted_text> : TakeValue {};
template <>
struct Take<rule::escaped> : TakeValue {};
template <>
struct Take<rule::bare_value> : TakeValue {};
template <>
struct Take<rule::parameter> {
  static void apply0(Reading& reading) {
    reading.challenges.back().parameters.try_emplace(reading.name, reading.value);
  }
};

}  // namespace

std::string Challenge::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

std::vector<Challenge> read_challenges(std::string_view value) {
  Reading reading;
  pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*> in(
      value.data(), value.data() + value.size(), "");
  if (!pegtl::parse<rule::challenges, Take>(in, reading)) return {};
  return std::move(reading.challenges);
}

}  // namespace imglint
