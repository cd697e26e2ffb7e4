#include "kinds/dockerfile/scope.hpp"

#include <algorithm>
#include <vector>

namespace imglint::dockerfile {
namespace {

/// A platform cut at its slashes: `linux/arm/v7`, `windows(10.0.17763)/amd64`.
struct Platform {
  std::string_view whole, system, version, architecture, variant;

  explicit Platform(std::string_view text) : whole(text) {
    const auto next = [&text] {
      const std::string_view part = text.substr(0, text.find('/'));
      text.remove_prefix(std::min(text.size(), part.size() + 1));
      return part;
    };
    system = next();
    architecture = next();
    variant = next();
    if (const auto open = system.find('('); open != std::string_view::npos && system.ends_with(')')) {
      version = system.substr(open + 1, system.size() - open - 2);
      system = system.substr(0, open);
    }
  }
};

/// Where the text that was given stands as a whole. Variables in it may take theirs from far away, which is
/// no part of it.
Location place_of(const GivenValue& given) {
  const MappedText& text = given.value;
  const auto comes_from_elsewhere = [&](const Piece& piece) {
    if (piece.variable >= given.variables.size() || piece.source == nullptr) return false;
    const Location& written = given.variables[piece.variable].written;
    return piece.source != written.source || !written.span.contains(piece.span);
  };
  if (text.pieces().size() < 2 || std::ranges::none_of(text.pieces(), comes_from_elsewhere))
    return text.place().value_or(Location{});
  Location place;
  const auto add = [&](const Source* source, Span span) {
    if (source == nullptr || (place.source != nullptr && place.source != source)) return;
    if (place.source == nullptr) place = {source, span};
    place.span = {std::min(place.span.begin, span.begin), std::max(place.span.end, span.end)};
  };
  for (const Variable& variable : given.variables)
    if (variable.within == no_variable) add(variable.written.source, variable.written.span);
  for (const Piece& piece : text.pieces())
    if (piece.variable == no_variable) add(piece.source, piece.span);
  return place;
}

/// In the order of their values below.
constexpr std::array<std::string_view, 11> built_in_names = {
    "BUILDPLATFORM", "BUILDOS",         "BUILDOSVERSION", "BUILDARCH",     "BUILDVARIANT", "TARGETPLATFORM",
    "TARGETOS",      "TARGETOSVERSION", "TARGETARCH",     "TARGETVARIANT", "TARGETSTAGE"};

}  // namespace

bool is_built_in(std::string_view name) {
  return std::find(built_in_names.begin(), built_in_names.end(), name) != built_in_names.end();
}

Scope::Scope(const ReadOptions& options, std::size_t size, Arena& arena) : budget_(size) {
  add_built_ins(options);
  for (const auto& [name, value] : options.build_args)
    options_.insert_or_assign(name, Given{.text = {value, {}}, .source = VariableSource::option});
  for (const GivenValue& argument : options.service_args) {
    if (!argument.has_value) continue;
    const auto& text = argument.value;
    const bool is_known = !argument.variables.empty();  // else nobody says what interpolated it
    options_.try_emplace(argument.name, Given{.text = is_known ? text : text.without_variables(arena),
                                              .source = VariableSource::build_args,
                                              .place = place_of(argument),
                                              .variables = argument.variables});
  }
}

void Scope::add_built_ins(const ReadOptions& options) {
  const Platform platform(options.platform);
  const auto value = [](std::string_view text) {
    return Given{.text = {text, {}}, .source = VariableSource::built_in};
  };
  const std::string_view target = options.target.empty() ? std::string_view("default") : options.target;
  const std::string_view values[] = {
      platform.whole, platform.system, platform.version, platform.architecture, platform.variant,
      platform.whole, platform.system, platform.version, platform.architecture, platform.variant,
      target};
  static_assert(std::size(values) == std::size(built_in_names));
  for (std::size_t i = 0; i < built_ins_.size(); ++i) built_ins_[i] = {built_in_names[i], value(values[i])};
}

const Scope::BuiltIn* Scope::find_built_in(std::string_view name) const {
  if (!name.starts_with("BUILD") && !name.starts_with("TARGET")) return nullptr;
  const auto found = std::find_if(built_ins_.begin(), built_ins_.end(),
                                  [&](const BuiltIn& built_in) { return built_in.name == name; });
  return found == built_ins_.end() ? nullptr : &*found;
}

void Scope::declare(std::string_view name, const Given* default_value) {
  Given& value = arguments_[name];
  if (const auto option = options_.find(name); option != options_.end()) {
    value = option->second;
  } else if (default_value) {
    value = *default_value;
  }
}

const Given* Scope::find(std::string_view name) const {
  const auto argument = arguments_.find(name);
  if (argument != arguments_.end() && argument->second.source != VariableSource::none)
    return &argument->second;
  const BuiltIn* built_in = find_built_in(name);
  if (!built_in) return nullptr;
  const auto option = options_.find(name);  // an option replaces a built-in without any ARG
  return option != options_.end() ? &option->second : &built_in->value;
}

bool Scope::is_declared(std::string_view name) const {
  return arguments_.contains(name) || find_built_in(name) != nullptr;
}

}  // namespace imglint::dockerfile
