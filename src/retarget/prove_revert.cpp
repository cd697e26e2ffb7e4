#include "retarget/prove_revert.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "kinds/kind.hpp"
#include "project/reload.hpp"
#include "retarget/verify.hpp"
#include "source/inside.hpp"
#include "yaml/scalar.hpp"

namespace imglint {
namespace {

/// In any case of letters: some file systems do not tell them apart.
bool is_git_folder(std::string_view name) {
  return name.size() == 4 && name[0] == '.' && (name[1] | 0x20) == 'g' && (name[2] | 0x20) == 'i' &&
         (name[3] | 0x20) == 't';
}

bool has_name(std::string_view path, bool (*test)(std::string_view)) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (test(path.substr(0, end))) return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

bool is_upward(std::string_view name) { return name == ".."; }

Error not_for_locks(const std::string& path, std::string_view why) {
  return {.message = "the lock names a file that " + std::string(why),
          .hint = "only files of this folder are reverted; name others on the command line",
          .path = path};
}

/// What separates words or lines, without the line continuations of a Dockerfile.
bool breaks_word(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte > ' ' && byte != 0x7F) {
      const std::size_t next = text.find_first_not_of(" \t\r", i + 1);
      const bool continues = (text[i] == '\\' || text[i] == '`') && next != text.npos && text[next] == '\n';
      if (continues) i = std::min(text.find_first_not_of(" \t", next + 1), text.size()) - 1;
      continue;
    }
    return true;
  }
  return false;
}

using Spans = std::map<const Source*, std::vector<Span>>;

/// Bytes that are a reference, or supply a part of one.
Spans spans_of_references(const Project& project) {
  Spans spans;
  for (const Document* document : project.documents())
    for (const ImageUse& use : document->uses) {
      spans[document->source].push_back(use.span);
      for (const Value* value : {&use.value, &use.open_value})
        for (const Piece& piece : value->pieces())
          if (piece.source != nullptr) spans[piece.source].push_back(piece.span);
    }
  for (auto& [source, all] : spans) {
    std::sort(all.begin(), all.end(), [](Span a, Span b) { return a.begin < b.begin; });
    // From here on each ends where the one before it that ends last does: touches() looks at one only.
    for (std::size_t i = 1; i < all.size(); ++i) all[i].end = std::max(all[i].end, all[i - 1].end);
  }
  return spans;
}

/// Whether a place is in one of spans_of_references(), or at an end of one.
bool touches(const std::vector<Span>& spans, std::uint32_t at) {
  const auto behind = std::upper_bound(spans.begin(), spans.end(), at,
                                       [](std::uint32_t place, Span span) { return place < span.begin; });
  return behind != spans.begin() && at <= (behind - 1)->end;
}

Error no_reference(const Source& source, const Edit& edit, std::string_view why) {
  const auto position = source.position(edit.span.begin);
  return {.message = "the lock would write '" + printable(edit.text) + "' " + std::string(why),
          .hint = "this is no lock of a run over these files",
          .path = source.path(),
          .line = position.line,
          .column = position.column};
}

/// What stands before the value in what an edit takes away: the quote that an empty block scalar has got, or
/// the tag and the quote behind it. Nothing of any other edit.
std::uint32_t size_before_value(const Edit& edit) {
  const std::string_view bytes = edit.source->text(edit.span);
  if (bytes.size() <= 2 || bytes.back() != '"') return 0;
  if (yaml::is_block_header(edit.text)) return bytes.front() == '"' ? 1 : 0;
  const bool is_tag = edit.text.starts_with('!') || edit.text.starts_with('&');
  return is_tag && bytes.starts_with(edit.text + " \"") ? static_cast<std::uint32_t>(edit.text.size()) + 2
                                                        : 0;
}

std::optional<Error> fault_of_edit(const Edit& edit, const Spans& spans, bool is_yaml) {
  const auto known = spans.find(edit.source);
  const std::uint32_t before = is_yaml ? size_before_value(edit) : 0;
  const std::uint32_t quote = before > 0 ? 1 : 0;
  if (known == spans.end() || !touches(known->second, edit.span.begin + before) ||
      !touches(known->second, edit.span.end - quote))
    return no_reference(*edit.source, edit, "where no reference stands");
  if (!is_yaml && (breaks_word(edit.text) || breaks_word(edit.source->text(edit.span))))
    return no_reference(*edit.source, edit, "which is no part of a reference");
  return std::nullopt;
}

/// What is pulled, built here or mirrored may change: a move may have given an image the name of a build.
bool is_of_same_kind(Kind before, Kind after) {
  const auto names_an_image = [](Kind kind) {
    return kind == Kind::image || kind == Kind::built || kind == Kind::mirrored;
  };
  return before == after || (names_an_image(before) && names_an_image(after));
}

bool is_reference_still(const ImageUse& before, const ImageUse& after) {
  if (!is_at_same_place(before, after) || before.active != after.active) return false;
  if (before.value.is_known() == after.value.is_known() && before.value.text() == after.value.text())
    return true;
  return is_of_same_kind(before.kind, after.kind) &&
         (after.parsed() != nullptr) == (before.parsed() != nullptr) && before.error_kind == after.error_kind;
}

std::optional<std::string> difference(const Document& before, const Document& after) {
  if (before.uses.size() != after.uses.size() || before.stages.size() != after.stages.size())
    return "it would have other references";
  for (std::size_t i = 0; i < before.uses.size(); ++i)
    if (!is_reference_still(before.uses[i], after.uses[i]))
      return "line " + std::to_string(before.source->position(before.uses[i].span.begin).line) +
             " would read '" + printable(after.uses[i].value.text()) + "'";
  for (const Trouble& trouble : after.troubles)
    if (std::none_of(before.troubles.begin(), before.troubles.end(),
                     [&](const Trouble& old) { return old.kind == trouble.kind; }))
      return trouble.message;
  return std::nullopt;
}

}  // namespace

std::optional<Error> fault_of_locked_path(const std::string& path, const LockScope& scope,
                                          FileSystem& files) {
  const auto resolved = files.resolve(path);
  if (!resolved) {
    Error error = file_error("cannot read", path, resolved.error());
    if (error.hint.empty())
      error.hint = "a lock counts from the folder of its run; paths on the command line limit it";
    return error;
  }
  if (has_name(path, is_git_folder) || has_name(*resolved, is_git_folder))
    return not_for_locks(path, "belongs to git");
  for (const std::string& named : scope.named)
    if (is_inside(*resolved, named)) return std::nullopt;
  if (path.starts_with('/') || has_name(path, is_upward))
    return not_for_locks(path, "is not below this folder");
  if (*resolved != join_path(scope.folder, normal_path(path)))
    return not_for_locks(path, "is reached through a symbolic link");
  return std::nullopt;
}

std::optional<Error> fault_of_revert(const std::vector<EditSet>& edits, const Project& project,
                                     const ProofOptions& options) {
  const std::vector<const Document*> before = project.documents();
  std::map<const Source*, const KindInfo*> kinds;
  for (const Document* document : before) kinds.emplace(document->source, document->kind);
  const Spans spans = spans_of_references(project);
  std::map<std::string, std::string> changed;
  for (const EditSet& set : edits) {
    const auto known = kinds.find(&set.source());
    const KindInfo* kind = known == kinds.end() ? nullptr : known->second;
    for (const Edit& edit : set.edits())
      if (auto fault = fault_of_edit(edit, spans, kind != nullptr && kind->is_yaml)) return fault;
    if (auto reason = kind != nullptr ? why_unproven(set, *kind) : std::nullopt)
      return Error{.message = *std::move(reason), .path = set.source().path()};
    changed.insert_or_assign(set.source().path(), set.apply());
  }
  Project again;
  reload_project(project, changed, false, options.load, options.files, again);
  const std::vector<const Document*> after = again.documents();
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto what = i < after.size() ? difference(*before[i], *after[i]) : "it could not be read again";
    if (what) return Error{.message = "not reverted: " + *what, .path = before[i]->source->path()};
  }
  return std::nullopt;
}

}  // namespace imglint
