// What kinds of pipelines share: a walk over a tree that notes images and scripts with what gives their
// expressions values, and what becomes of them (docs/spec/pipelines.md 1.3, 1.4).
#pragma once

#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kinds/kind.hpp"
#include "kinds/references.hpp"
#include "kinds/roles.hpp"
#include "kinds/shell/places.hpp"
#include "tree/places.hpp"
#include "tree/view.hpp"
#include "yaml/scalar.hpp"

namespace imglint {

/// How references stand in a scalar.
enum class Entry : std::uint8_t {
  whole,
  runner,          ///< whole, perhaps behind `docker://`, which the runner takes away
  input,           ///< whole, of what an action takes: an expression alone is none
  prefixed,        ///< only behind the prefix of the role
  context,         ///< the same, which what an expression stands for may have
  tags,            ///< separated by commas and line ends
  cache,           ///< `REFERENCE`, or fields with `ref=`
  cache_lines,     ///< one such a line
  context_lines,   ///< `NAME=docker-image://REFERENCE` a line
  argument_lines,  ///< `NAME=REFERENCE` a line
  metadata_lines,  ///< `REFERENCE` or `name=REFERENCE,…` a line
  driver_lines,    ///< `image=REFERENCE` a line
  mirror,          ///< whole, perhaps behind a dependency proxy of GitLab's
  run_words,       ///< words that follow `docker run`
};

/// What Entry::runner may have in front.
inline constexpr std::string_view runner_scheme = "docker://";
/// Of what a whole scalar stands for, a value that its text does not show: the reference in it. Nothing if it
/// holds none, or nobody can know whether it does.
[[nodiscard]] ReferenceInValue reference_in_value(Entry entry);

/// Cuts a text into parts.
using Cut = TextParts (*)(std::string_view text);

/// The language of a kind.
struct PipelineLanguage {
  Cut cut = nullptr;         ///< of images
  Cut cut_script = nullptr;  ///< of scripts, before the shell sees them
};

/// Texts that share their variables.
using ScriptNumber = std::size_t;

class Pipeline {
 public:
  using Locate = yaml::ScalarPlace (*)(const Source& source, const yaml::Node& node, Arena& arena);

  Pipeline(const yaml::Tree& tree, Document& document, const ReadOptions& options, PipelineLanguage language,
           Locate locate = yaml::locate);

  compose::View view;
  compose::Path path;  ///< of what is walked

  /// Calls a function for each entry of a map, with the path there.
  template <class Function>
  void each_entry(compose::Position map, Function function) {
    const std::size_t size = path.size();
    for (const compose::Entry& entry : view.entries(map)) {
      path.key(entry.key);
      function(entry);
      path.cut(size);
    }
  }
  template <class Function>
  void each_value(compose::Position map, Function function) {
    each_entry(map, [&](const compose::Entry& entry) { function(entry.value); });
  }
  template <class Function>
  void each_item(compose::Position list, Function function) {
    if (is_list(list) && view.tree().tag_of(view[list]) == "!reference")
      return;  // it names what stands elsewhere
    const std::size_t size = path.size();
    std::size_t number = 0;
    for (const compose::Position item : view.items(list)) {
      path.item(number++);
      function(item);
      path.cut(size);
    }
  }
  /// Calls a function for the value of a key, if there is one.
  template <class Function>
  void field(compose::Position map, std::string_view key, Function function) {
    const compose::Position value = view.find(map, key);
    if (!value) return;
    const std::size_t size = path.size();
    path.key(key);
    function(value);
    path.cut(size);
  }
  [[nodiscard]] bool is_map(compose::Position at) const { return view.is(at, yaml::NodeKind::map); }
  [[nodiscard]] bool is_list(compose::Position at) const { return view.is(at, yaml::NodeKind::sequence); }
  [[nodiscard]] bool is_scalar(compose::Position at) const { return view.is(at, yaml::NodeKind::scalar); }
  /// The text of a scalar below a map; empty without.
  [[nodiscard]] std::string_view text(compose::Position map, std::string_view key) {
    return view.text(view.find(map, key));
  }

  /// Keeps what gives values until the end.
  template <class Own, class... Arguments>
  const Own* keep(Arguments&&... arguments) {
    auto own = std::make_unique<Own>(std::forward<Arguments>(arguments)...);
    const Own* result = own.get();
    lookups_.push_back(std::move(own));
    return result;
  }

  /// Notes the scalar at the path. Anything else is passed over.
  void image(compose::Position at, const Lookup* lookup, const RoleInfo& role = role::image,
             Entry entry = Entry::whole);
  /// The same of a scalar, or of a key of a map.
  void image_or(compose::Position at, std::string_view key, const Lookup* lookup, Entry entry = Entry::whole);

  /// Whether what is walked from here on is a template, which never runs as it is: only where others take it
  /// over.
  void set_template(bool is_template) { is_template_ = is_template; }

  /// A new script. `around` gives values to what it does not assign.
  [[nodiscard]] ScriptNumber new_script(const Lookup* around) {
    return new_script(around, language_.cut_script);
  }
  /// The same with another language around it than the scripts of the kind have; null: none.
  [[nodiscard]] ScriptNumber new_script(const Lookup* around, Cut cut);
  /// Adds the scalar at the path to a script.
  void script(compose::Position at, ScriptNumber number);
  /// The same of a list, in which may be lists again.
  void scripts(compose::Position at, ScriptNumber number);
  /// Notes the words of a command, the scalars of a list at the path. Words in front may be given.
  void command(const std::vector<std::string>& before, compose::Position list, const Lookup* lookup);

  /// A scalar as an expression.
  [[nodiscard]] Expression expression(compose::Position scalar, const Lookup* lookup);
  /// The same as something that an expression stands for: an item, or a default.
  [[nodiscard]] Supply item(compose::Position scalar, const Lookup* lookup);
  [[nodiscard]] Supply fallback(compose::Position scalar, const Lookup* lookup);
  /// Something that nobody knows, as a scalar says.
  [[nodiscard]] Supply unknown(compose::Position scalar);
  /// A range of a text: a default that stands in the expression itself.
  [[nodiscard]] Supply fallback(const MappedText& text, TextRange range, const Lookup* lookup) const;
  /// A list with more items is not looked at by each place that names it.
  static constexpr std::size_t most_items = 256;
  /// Adds the items of a list, or a scalar, to what an expression may stand for; not many more than
  /// most_items.
  void add_items(compose::Position at, const Lookup* lookup, Meaning& meaning);

  /// What a scalar amounts to, for as long as the document lives.
  struct Amount {
    MappedText text;
    std::span<const Variable> variables = {};
    bool is_known = false;
  };
  [[nodiscard]] Amount amount(compose::Position scalar, const Lookup* lookup);

  /// Something to say that is no mistake.
  void remark(compose::Position at, std::string message);
  /// What logs in to a registry for the images below a path.
  void credential(compose::Position at, std::string_view key, const std::string& scope,
                  std::string_view registry = {});
  /// The same under a key of a map, for what stands below the path.
  void credential_of(compose::Position map, std::string_view key);
  /// Where a node stands; of a collection, where it begins.
  [[nodiscard]] Span span_of(compose::Position at);

  [[nodiscard]] Document& document() { return document_; }
  [[nodiscard]] const ReadOptions& options() const { return options_; }

  /// Makes uses of all that was noted.
  void finish();

 private:
  struct Context {
    const Lookup* lookup = nullptr;
    Entry entry = Entry::whole;
    bool only_defaults = false;  ///< items have rows of their own
    bool is_template = false;
  };
  struct ScriptTexts {
    const Lookup* around = nullptr;
    Cut cut = nullptr;
    std::vector<yaml::NodeIndex> scalars = {};
  };
  struct CommandWords {
    std::vector<std::string> before;
    std::vector<std::pair<yaml::NodeIndex, std::string>> scalars;  ///< and their paths
    const Lookup* lookup = nullptr;
  };

  void image(compose::Position at, const Lookup* lookup, const RoleInfo& role, Entry entry, int depth);
  [[nodiscard]] const yaml::ScalarPlace& located(yaml::NodeIndex scalar);
  [[nodiscard]] std::uint32_t shell_part();
  [[nodiscard]] bool takes_scripts() const;
  void finish_image(const FoundPlace& place);
  [[nodiscard]] std::vector<Reading> readings_of(const FoundPlace& place);
  void finish_scripts();
  void finish_script(std::size_t number, const std::map<yaml::NodeIndex, const FoundPlace*>& places);
  void finish_command(const CommandWords& words);

  Document& document_;
  const ReadOptions& options_;
  PipelineLanguage language_;
  Locate locate_;
  PlaceCollector images_;
  PlaceCollector script_places_;
  std::vector<Context> contexts_;
  /// Those of a scalar that several ways lead to, by aliases and merges.
  std::map<yaml::NodeIndex, std::vector<std::uint32_t>> contexts_of_;
  bool is_template_ = false;
  std::vector<ScriptTexts> scripts_;
  std::vector<CommandWords> commands_;
  std::vector<std::unique_ptr<Lookup>> lookups_;
  std::vector<std::unique_ptr<shell::Script>> read_scripts_;
  std::map<yaml::NodeIndex, yaml::ScalarPlace> located_;
  std::uint32_t shell_part_ = 0;
};

/// What a kind's walk has to say of a file.
using WalkPipeline = void (*)(Pipeline& pipeline);

/// How files are read that YAML's reader reads.
struct PipelineReading {
  const KindInfo* kind = nullptr;
  PipelineLanguage language = {};
  WalkPipeline walk = nullptr;
  bool last_key_wins = false;  ///< of two equal keys, else they are trouble
};

[[nodiscard]] std::unique_ptr<Document> read_pipeline(const Source& source, const ReadOptions& options,
                                                      const PipelineReading& reading);

/// Whether a mapping of a YAML text is what a function looks for. All words must stand in a text that is.
[[nodiscard]] bool any_document(std::string_view bytes, std::initializer_list<std::string_view> words,
                                bool (*is_it)(compose::View& view, compose::Position top));

/// The ranges of references in a text, by how they stand in it. Expressions are masked in `text`.
[[nodiscard]] std::vector<TextRange> entries_in(std::string_view text, Entry entry, std::string_view prefix);

/// A script's text as the shell gets it: escapes of the language around it are gone, its expressions are
/// marked.
[[nodiscard]] shell::ScriptText script_text(const MappedText& text, const TextParts& parts, Arena& arena);

}  // namespace imglint
