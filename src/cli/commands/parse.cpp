// imglint parse: the parts of references by themselves, what they mean, or where they are wrong.
#include "reference/parse.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

#include <CLI/CLI.hpp>

#include "base/version.hpp"
#include "cli/option_table.hpp"
#include "cli/program.hpp"
#include "output/parse_output.hpp"

namespace imglint {
namespace {

constexpr std::uint64_t most_input = 1u << 30;

class ParseCommand final : public Command {
 public:
  explicit ParseCommand(CLI::App& command);
  ExitCode run(const Session& session) override;

 private:
  /// Those named on the command line, or else on standard input.
  Result<std::vector<std::string>> references(const Session& session) const;

  std::vector<std::string> words_;
  const CLI::Option* given_;  ///< its results() have `{}`, which words_ would take for an empty list
  bool from_input_ = false;
  const ParseFormat* format_ = parse_formats().data();
};

ParseCommand::ParseCommand(CLI::App& command) {
  command.footer(
      "Examples:\n"
      "  imglint parse nginx ghcr.io/acme/app:1.2\n"
      "  imglint parse --format json localhost:5000/app");
  given_ =
      command.add_option("references", words_, "What to parse; a word that starts with '-' goes after '--'")
          ->type_name("REFERENCE");
  command.add_flag("-0", from_input_, "Read references from standard input, each ended by a NUL");
  std::string names;
  std::vector<std::string_view> formats;
  for (const ParseFormat& format : parse_formats()) {
    names.append(names.empty() ? "" : ", ").append(format.name);
    formats.push_back(format.name);
  }
  offer(*command
             .add_option_function<std::string>(
                 "--format", [this](const std::string& name) { format_ = find_parse_format(name); }, names)
             ->check([names](const std::string& name) {
               return find_parse_format(name) ? "" : "no such format: " + name + " (there are " + names + ")";
             })
             ->type_name("FORMAT"),
        formats);
}

/// A last one without a NUL counts, too.
std::vector<std::string> split_at_nul(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Result<std::vector<std::string>> ParseCommand::references(const Session& session) const {
  std::vector<std::string> given = given_->results();
  if (from_input_ && !given.empty())
    return Error{.message = "a reference on the command line and -0 exclude each other"};
  if (!from_input_ && given.empty())
    return Error{.message = "no reference to parse",
                 .hint = "as in 'imglint parse nginx:1.27'; -0 reads them from standard input"};
  if (!from_input_) return given;
  Result<std::string> input = session.read_input(most_input);
  if (!input) return std::move(input).error();
  return split_at_nul(*input);
}

ExitCode ParseCommand::run(const Session& session) {
  const auto texts = references(session);
  if (!texts) {
    print(texts.error(), session);
    return ExitCode::failed;
  }
  std::string out;
  format_->write({*texts, version}, {.color = session.color}, out);
  session.out(out);
  const bool all_valid = std::all_of(texts->begin(), texts->end(), [](const std::string& text) {
    return std::holds_alternative<Reference>(parse_reference(text));
  });
  return all_valid ? ExitCode::clean : ExitCode::findings;
}

}  // namespace

std::unique_ptr<Command> add_parse_command(CLI::App& program) {
  return std::make_unique<ParseCommand>(
      *program.add_subcommand("parse", "Show the parts of a reference, what it means, or where it is wrong"));
}

}  // namespace imglint
