// The commands of docker, podman, nerdctl and finch (docs/spec/pipelines.md 4.2).
#include <algorithm>
#include <array>

#include "kinds/compose/spelling.hpp"
#include "kinds/roles.hpp"
#include "kinds/shell/reader.hpp"

namespace imglint::shell {
namespace {

/// What a command's operands are.
enum class Form : std::uint8_t {
  run,
  pull,
  push,
  tag,
  build,
  local,
  second,
  create,
  manifest,
  pushed,
  inspect,
  update
};

struct Known {
  std::string_view words;    ///< as written, one or two
  std::string_view command;  ///< as the tables of options have it
  Form form = Form::run;
};
constexpr Known known_commands[] = {
    {"run", "container run", Form::run},
    {"create", "container create", Form::run},
    {"container run", "container run", Form::run},
    {"container create", "container create", Form::run},
    {"service create", "service create", Form::run},
    {"service update", "service update", Form::update},
    {"pull", "image pull", Form::pull},
    {"image pull", "image pull", Form::pull},
    {"push", "image push", Form::push},
    {"image push", "image push", Form::push},
    {"tag", "image tag", Form::tag},
    {"image tag", "image tag", Form::tag},
    {"build", "image build", Form::build},
    {"image build", "image build", Form::build},
    {"builder build", "image build", Form::build},
    {"buildx build", "image build", Form::build},
    {"buildx b", "image build", Form::build},
    {"save", "image save", Form::local},
    {"image save", "image save", Form::local},
    {"rmi", "image rm", Form::local},
    {"image rm", "image rm", Form::local},
    {"image remove", "image rm", Form::local},
    {"image inspect", "image inspect", Form::local},
    {"history", "image history", Form::local},
    {"image history", "image history", Form::local},
    {"commit", "container commit", Form::second},
    {"container commit", "container commit", Form::second},
    {"import", "image import", Form::second},
    {"image import", "image import", Form::second},
    {"manifest create", "manifest create", Form::manifest},
    {"manifest push", "manifest push", Form::pushed},
    {"manifest inspect", "manifest inspect", Form::inspect},
    {"imagetools create", "imagetools create", Form::create},
    {"imagetools inspect", "imagetools inspect", Form::inspect},
};

bool is_group(std::string_view word) {
  constexpr std::array<std::string_view, 6> groups = {"container", "image",   "builder",
                                                      "manifest",  "service", "imagetools"};
  return std::ranges::find(groups, word) != groups.end();
}

const ProgramOptions& options_of(std::string_view program) {
  if (program == "podman") return podman_options;
  return program == "docker" ? docker_options : nerdctl_options;
}

bool ends_in_image(std::string_view name) {
  constexpr std::string_view ending = "image";
  if (name.size() < ending.size()) return false;
  const auto begin = name.size() - ending.size();
  for (std::size_t i = 0; i < ending.size(); ++i)
    if ((name[begin + i] | 0x20) != ending[i]) return false;
  return begin == 0 || name[begin - 1] == '_' || name[begin - 1] == '-';
}

void add_spelled(CommandReading& reading, const Stretch& value, compose::Spelling spelling,
                 const RoleInfo& role) {
  for (const TextRange range : compose::references_in(value.shape(), spelling))
    reading.add(value.part(range), role);
}

void read_build(CommandReading& reading, const ParsedOptions& parsed, std::string_view program) {
  for (const auto& [name, value] : parsed.options) {
    if (name == "-t" || name == "--tag")
      reading.add(value, role::build_tag);
    else if (name == "--build-context")
      add_spelled(reading, value, compose::Spelling::named_context, role::build_context);
    else if (name == "--cache-from")
      add_spelled(reading, value, compose::Spelling::cache, role::cache_from);
    else if (name == "--cache-to")
      add_spelled(reading, value, compose::Spelling::cache, role::cache_to);
    else if (name == "--from" && program == "podman")
      reading.add_behind_scheme(value, role::image);
    else if (name == "--build-arg") {
      const auto equals = value.shape().find('=');
      if (equals != std::string_view::npos && ends_in_image(value.shape().substr(0, equals)))
        reading.add(value.from(equals + 1), role::build_arg);
    }
  }
}

void read_push(CommandReading& reading, const ParsedOptions& parsed, std::string_view program) {
  if (parsed.operands.empty()) return;
  reading.add_behind_scheme(parsed.operands[0], role::pushed_image);
  if (program != "podman" || parsed.operands.size() < 2) return;
  const std::string_view shape = parsed.operands[1].shape();
  const auto colon = shape.find(':');
  const auto slash = shape.find('/');
  // Another transport than `docker://`: its name, and no port or tag behind it.
  constexpr std::array<std::string_view, 8> transports = {
      "dir", "docker-archive", "docker-daemon", "oci", "oci-archive", "ostree", "sif", "containers-storage"};
  const bool other = colon != shape.npos && (slash == shape.npos || colon < slash) &&
                     std::ranges::find(transports, shape.substr(0, colon)) != transports.end();
  if (!other) reading.add_behind_scheme(parsed.operands[1], role::pushed_image);
}

/// `docker pull $OPTIONS image`.
void read_pull(CommandReading& reading, const ParsedOptions& parsed, std::string_view program) {
  const auto is_option = [&](const Stretch& operand) {
    if (program == "podman" || parsed.operands.size() < 2) return false;
    const TextPart* part = operand.argument->only_part();
    if (!part || part->quoted) return false;
    return evaluate({*operand.argument->text, {*part}, reading.lookup}, *reading.arena).unknown;
  };
  for (const Stretch& operand : parsed.operands)
    if (!is_option(operand)) reading.add_behind_scheme(operand, role::image);
}

void read_operands(CommandReading& reading, const ParsedOptions& parsed, const Known& known,
                   std::string_view program) {
  const auto& operands = parsed.operands;
  const auto add_from = [&](std::size_t first, const RoleInfo& role) {
    for (std::size_t i = first; i < operands.size(); ++i) reading.add_behind_scheme(operands[i], role);
  };
  const auto add_tags = [&] {
    for (const auto& [name, value] : parsed.options)
      if (name == "-t" || name == "--tag") reading.add(value, role::build_tag);
  };
  switch (known.form) {
    case Form::pull:
      return read_pull(reading, parsed, program);
    case Form::push:
      return read_push(reading, parsed, program);
    case Form::tag:
      if (operands.empty()) return;
      reading.add_behind_scheme(operands[0], role::tagged_image);
      for (std::size_t i = 1; i < operands.size() && (i == 1 || program == "podman"); ++i)
        reading.add(operands[i], role::build_tag);
      return;
    case Form::build:
      return read_build(reading, parsed, program);
    case Form::local:
      return add_from(0, role::local_image);
    case Form::second:
      if (operands.size() > 1) reading.add(operands[1], role::build_tag);
      return;
    case Form::create:
      add_tags();
      return add_from(0, role::image);
    case Form::manifest:
      if (!operands.empty()) reading.add(operands[0], role::build_tag);
      return add_from(1, role::image);
    case Form::pushed:
      if (!operands.empty()) reading.add_behind_scheme(operands[0], role::pushed_image);
      return;
    case Form::inspect:
      return add_from(0, role::image);
    case Form::update:
      for (const auto& [name, value] : parsed.options)
        if (name == "--image") reading.add(value, role::image);
      return;
    case Form::run:
      return;
  }
}

/// No reference, but what a move to another host leaves behind.
constexpr RoleInfo login{.name = "login", .label = "login", .function = Function::credential, .prefix = {}};

/// The host of `docker login --username x HOST`; none is Docker Hub.
void read_login(CommandReading& reading, std::size_t next) {
  const Options values =
      Options::with_values("-u --username -p --password --authfile --cert-dir --secret --compat-auth-file");
  for (; next < reading.arguments.size(); ++next) {
    const Argument& argument = reading.arguments[next];
    if (argument.shape.starts_with('-')) {
      if (values.form(argument.shape) == OptionForm::value) ++next;
      continue;
    }
    return reading.add(whole(argument), login);
  }
}

/// The words of the command, `container run`; and where its arguments begin. Nothing: it holds none.
const Known* find_command(CommandReading& reading, const ProgramOptions& program, std::size_t& next) {
  const auto global = reading.parse(0, Options(program, ""), Until::first_operand);
  if (!global || global->next >= reading.arguments.size()) return nullptr;
  reading.probable = reading.probable || global->probable;
  std::string words = reading.arguments[global->next].shape;
  next = global->next + 1;
  if (words == "login") {
    read_login(reading, next);
    return nullptr;
  }
  if (words == "buildx") {
    const auto inner = reading.parse(next, Options(program, "buildx"), Until::first_operand);
    if (!inner || inner->next >= reading.arguments.size()) return nullptr;
    const std::string& word = reading.arguments[inner->next].shape;
    words = word == "imagetools" ? word : words + " " + word;
    next = inner->next + 1;
  }
  if (is_group(words)) {
    if (next >= reading.arguments.size()) return nullptr;
    words += " " + reading.arguments[next].shape;
    ++next;
  }
  const auto found = std::ranges::find(known_commands, std::string_view(words), &Known::words);
  return found == std::end(known_commands) ? nullptr : found;
}

}  // namespace

bool is_build_argument_of_image(std::string_view name) { return ends_in_image(name); }

void read_docker(CommandReading& reading, std::string_view program) {
  const ProgramOptions& table = options_of(program);
  std::size_t next = 0;
  const Known* known = find_command(reading, table, next);
  if (!known) return;
  const Options options(table, known->command);
  if (!options.is_known()) return;
  const auto parsed =
      reading.parse(next, options, known->form == Form::run ? Until::first_operand : Until::end);
  if (!parsed) return;
  reading.probable = reading.probable || parsed->probable;
  if (known->form != Form::run) return read_operands(reading, *parsed, *known, program);
  const bool has_root = std::ranges::find(parsed->flags, "--rootfs") != parsed->flags.end();
  if (!has_root && parsed->next < reading.arguments.size())
    reading.add_behind_scheme(whole(reading.arguments[parsed->next]), role::image);
}

}  // namespace imglint::shell
