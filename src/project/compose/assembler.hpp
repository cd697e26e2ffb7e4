// Assembler: puts one compose project together, file by file, as compose-go's loader does.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "project/compose/assembled.hpp"
#include "project/compose/beside.hpp"
#include "project/compose/budget.hpp"
#include "project/compose/convert.hpp"
#include "project/compose/merge.hpp"

namespace imglint::assembly {

/// In place of the number of a service: of none.
inline constexpr std::uint32_t no_service = EffectiveScalars::no_service;

using Assignments = std::vector<std::pair<std::string, std::string>>;

/// Why nothing is read where a path has no text.
inline constexpr std::string_view valueless = "a variable that it requires has no value";

/// Where something is said about an item of a file: at its text, or at its key.
[[nodiscard]] Span place_of(const Item& item);

/// Whose file a document is beyond doubt, if not docker compose's although its name says so; else empty.
[[nodiscard]] std::string_view other_program(compose::View& view, std::size_t document);

class Assembler {
 public:
  /// `env` stands for the environment of the process. Files that are `spent` are not read again.
  Assembler(Sources& sources, const ProjectRequest& request, const Assignments& env, const SourceFiles& spent,
            ComposeProject& project);
  Assembler(const Assembler&) = delete;
  Assembler& operator=(const Assembler&) = delete;

  /// Which files the project is made of; without any it is none.
  void find_files() { find_scope_and_files(); }
  /// Puts those files together.
  void run();

 private:
  /// One (sub)project: the main one, or one that is included.
  struct Frame {
    std::string directory;  ///< what its paths are relative to
    const Scope* scope = nullptr;
    std::vector<std::string> stack;  ///< files that are being read, the outermost first
  };
  /// `services` or `models` of a document that includes.
  struct ImportedMap {
    Item* item = nullptr;
    std::unordered_map<std::string_view, std::size_t> places;  ///< of its entries, by name
  };
  struct Importing {
    Item* document = nullptr;
    const Resets* resets = nullptr;
    std::map<std::string_view, ImportedMap> maps;
  };
  /// The services of one document among which `extends` looks.
  struct Base;
  /// What a service extends.
  struct Extension {
    Base* base = nullptr;
    std::string_view service;
    std::string file = {};  ///< as docker compose knows the file; empty for one of the same file
  };
  struct Base {
    Item* services = nullptr;
    const Resets* resets = nullptr;
    std::string folder;  ///< what `extends.file` is relative to
    std::string file;
    const SourceFile* source = nullptr;
    bool is_main = false;  ///< it is no file of its own, but what is being read
    std::unordered_map<std::string_view, Item*> by_name;
    std::unordered_map<std::string_view, Item*> done;
    std::unordered_map<std::string_view, Extension> extensions;
  };
  /// A file from which services are extended.
  struct BaseFile {
    Resets resets;
    Base base;
    bool usable = false;
  };

  // environment.cpp
  void find_scope_and_files();
  bool is_dotenv_off();
  const Scope* with_dotenv(const Scope* outer, const std::string& folder);
  void find_default_files();
  [[nodiscard]] std::string value_of(std::string_view variable) const;
  /// The same, where a configuration names the file if it does.
  [[nodiscard]] Error placed(Error error, const std::string& path) const;
  void find_name();
  [[nodiscard]] std::string name_of_folder() const;
  /// Of a file that an item of another names.
  struct NamedFile {
    const Source* source = nullptr;
    const Item* item = nullptr;
  };
  void note_faults(const Scope& scope, std::span<const NamedFile> named = {});

  // assembler.cpp
  Item* load_model(const std::vector<std::string>& paths, const Frame& frame);
  Item* load_file(SourceFile& file, const Frame& frame, Item* model);
  Item* add_document(Reading& reading, std::size_t number, const Frame& frame, Item* model);
  void finish_paths(Item* model, const std::string& directory, bool is_base);
  void finish_build(Item*& build, std::string_view folder, bool is_base);
  SourceFile* open_main(const std::string& path);
  Reading& reading_of(SourceFile& file, const Scope& scope, bool is_base);
  bool spend(std::size_t work, const Item* at);
  bool spend_on_merging(const Item* at);
  /// Whether a file is spent, which is told where it is named.
  bool is_spent(const SourceFile& file, const Item* at);

  // include.cpp
  void add_includes(Item*& document, const Frame& frame, const Resets& resets);
  void add_include(Importing& into, Item* entry, const Frame& frame);
  void add_empty_include(Item* entry, const Frame& frame);
  void add_local(const Item* item, const Frame& frame, std::vector<std::string>& local);
  void leave_out_include(const Item* at, const std::string& why);
  ImportedMap& map_for(Importing& into, std::string_view key);
  void import(Importing& into, Item* model);
  bool find_env_files(Item* entry, const Frame& frame, const std::string& directory,
                      std::vector<SourceFile*>& env_files, std::vector<NamedFile>& named);

  // extends.cpp
  void extend_all(Item* document, const Resets& resets, Reading& reading, const Frame& frame);
  Item* extended(Base& base, std::string_view name, const Scope& scope, std::size_t depth);
  Item* extend(Base& base, std::string_view name, Item* service, const Scope& scope, std::size_t depth);
  void check_chain(Base& base, std::string_view name, const Item* service);
  Base* base_of(Base& base, Item* file, const Item* at, const Scope& scope);
  BaseFile& base_file(SourceFile& file, const Scope& scope, const std::string& folder);

  // services.cpp
  void collect(Item* model);
  void collect_build(const Item* item, AssembledService& service);
  /// Whether a service may have the entries, which others may have too; says once that it may not.
  [[nodiscard]] bool may_inherit(const Item* entries, const Item* service);
  void mark_effective(const Item* model);
  void mark(const Item* item, std::uint32_t service);

  // checks.cpp
  /// `added`: the services of its last document; what stands in the others has been looked at.
  void check_document(Item* model, const Item* added);
  void check_service(std::string_view name, const Item* service);
  /// Whether values that have several forms are of one of these.
  void check_forms(const Item* service, bool is_base);
  /// The same of a file whose services others extend, of which nothing else is validated.
  void check_base(const Item* model, const Item* added);
  void check_build(const Item* build);
  void check_assignments(const Item* build);
  void check_consistency(const Item* model);
  void check_env_files(const AssembledService& service);
  void check_mounts(const AssembledService& service);
  [[nodiscard]] bool is_within_reach(const std::string& path);
  [[nodiscard]] const AssembledService* service_of(std::string_view name) const;

  // dependencies.cpp
  void check_dependencies(const AssembledService& service);
  void check_dependency_cycles();
  void complain_of_cycle(const std::vector<std::uint32_t>& path, const Item* at, std::uint32_t end);

  /// Notes with what docker compose stops, at the place of an item.
  void complain(const Item* at, std::string message, Trouble::Kind kind = Trouble::Kind::syntax,
                bool hides = false);
  void complain_at_key(const Item* at, std::string message, bool hides = false);
  void complain(Reading& reading, Span span, std::string message, Trouble::Kind kind, bool hides = false);
  /// What amounts to more than is read, references in it among that.
  void cannot_judge(const Item* at, std::string_view why);
  /// What is not read, though docker compose would.
  void remark(const Item* at, std::string message);
  /// Of a part of the project that nobody looks at, which whoever judges or moves it wants to know.
  void remark_unread(const Item* at, const std::string& why);
  void note_read(const std::string& path);

  Sources& sources_;
  const ProjectRequest& request_;
  const Assignments& env_;
  const SourceFiles& spent_;
  ComposeProject& project_;
  Merger merger_;
  const Scope* options_ = nullptr;
  std::map<std::tuple<const SourceFile*, const Scope*>, Reading*> readings_;
  /// By their folders too: a file that is reached through links may have several.
  std::map<std::tuple<const SourceFile*, const Scope*, std::string>, BaseFile> base_files_;
  std::map<std::tuple<std::vector<std::string>, std::string, const Scope*>, Item*> models_;
  std::unordered_set<std::string> many_read_;  ///< what the project has read, if that is more than a few
  std::set<std::string> told_;                 ///< env files that cannot be read
  std::map<std::pair<const Item*, std::string_view>, bool> extending_;
  std::set<std::tuple<const Reading*, std::uint32_t, std::string>> said_;
  std::set<const Item*> collected_;  ///< lists and mappings of services so far
  // Three, since each is told in other words.
  Budget work_{most_work};
  Budget inherited_{most_inherited};
  Budget marked_{most_marked};
  std::vector<Error> main_errors_;  ///< main files that cannot be read
  bool is_partly_known_ = false;    ///< something that it includes or extends is out of reach
  bool lacks_services_ = false;     ///< something that it includes is: there may be more services, and models
};

}  // namespace imglint::assembly
