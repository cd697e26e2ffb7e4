// KindInfo: all that a kind of file says about itself, a constant in one file below this folder. The walk,
// the hooks, editors, `imglint kinds`, docs/kinds.md and the schema of the configuration follow from it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edit/edit.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"
#include "tree/places.hpp"

namespace imglint {

struct PipelineFile;  // kinds/included_file.hpp

/// A file of the kind. ⟦ and ⟧ mark the references that are found and are no part of the file.
struct KindExample {
  std::string_view text;
  std::string_view note = {};         ///< one line for the docs
  std::string_view path = "example";  ///< the file's name, where it says what the file is
  std::string_view place = {};        ///< the place that a configuration says, if one must
};

/// The constant's name is that of the file's folder, `src/kinds/<name>/kind.cpp`; it needs external linkage:
///
///     extern const KindInfo compose;
///     constinit const KindInfo compose = {…};
struct KindInfo {
  std::string_view name;     ///< as `list` and the configuration have it
  std::string_view title;    ///< for a sentence: `compose file`
  std::string_view plural;   ///< `compose files`
  std::string_view summary;  ///< one sentence
  std::span<const KindExample> examples;

  /// Names that a walk takes, as patterns (base/name_pattern.hpp), and what it leaves out of them.
  std::span<const std::string_view> names;
  std::span<const std::string_view> not_names = {};
  bool case_counts = false;  ///< of letters in those names, in a walk
  /// Names of which a walk takes the files whose text is beyond doubt of this kind. `is_surely` looks at the
  /// bytes before it parses anything: most such files are of no kind and must cost no more than that.
  std::span<const std::string_view> doubtful_names = {};
  std::span<const std::string_view> not_doubtful_names = {};  ///< less these
  bool (*is_surely)(std::string_view path, std::string_view bytes) = nullptr;
  /// Its texts say what they are, so they are asked before those of other kinds; also of a file that is given
  /// by its own name, and of standard input.
  bool is_asked_first = false;
  bool is_asked_last = false;  ///< the contrary: what its texts say any text may say
  /// A walk takes such files only where `--include` has this word: `scripts`. Empty: always.
  std::string_view include = {};
  /// Its names are those of folders in which a server takes every file for one of the kind. Other files that
  /// people keep there are of the kind that their text is of beyond doubt.
  bool has_whole_folders = false;
  /// Its names count before those of kinds that have not this.
  bool names_win = false;
  /// Of a file that a walk takes by its name: why its text is nothing of this kind after all, so that it is
  /// left out with a remark; empty if it may be.
  std::string (*doubt)(std::string_view bytes) = nullptr;
  /// Further names that mean this kind if the file is given by its own name, such as `*.yaml`.
  std::span<const std::string_view> given_names = {};
  /// Files that are given by name and claimed by no kind are of this one. Of one kind only.
  bool takes_rest = false;
  /// For standard input without a name: whether the text is of this kind rather than of another.
  bool (*looks_like)(std::string_view bytes) = nullptr;

  std::unique_ptr<Document> (*read)(const Source& source, const ReadOptions& options) = nullptr;
  /// Variables take their values from `--env-file` or the `.env` beside the file.
  bool reads_env_files = false;
  bool is_coupled = false;  ///< other files of the run may select or replace what it references, by name
  bool has_chart = false;   ///< a Chart.yaml above it says what an empty tag is
  /// Other files build files of this kind and give them arguments, so it is read after them.
  bool is_built = false;
  /// Files of the kind may include others of it and take values from them: their paths, as written; null:
  /// they do not. The text of one that includes any has the word `include`.
  std::vector<std::string_view> (*includes)(const PipelineFile& file) = nullptr;
  /// Files of the kind may name compose files: their paths as seen from its folder, in the order in which
  /// they make one project. Null: they do not.
  std::vector<std::string> (*compose_files)(const Source& source) = nullptr;
  std::span<const RoleInfo* const> roles;  ///< that references in it can have
  /// Where references stand, of a kind of YAML or JSON file that says it by a table (kinds/place_uses.hpp).
  std::span<const PlaceRow> places = {};

  /// The configuration says where references stand, see ReadOptions::places.
  bool has_own_places = false;

  bool is_yaml = false;
  bool has_objects = false;  ///< each YAML document is one object, with all that stands in it
  /// A comment for suppressions may stand behind what it silences, on the same line.
  bool comments_behind = false;
  /// Proves that edits change what they should and nothing else; null: reading again is enough.
  Result<void> (*prove)(const EditSet& edits) = nullptr;
  /// The names that editors have for the language of such files.
  std::span<const std::string_view> languages;
};

}  // namespace imglint
