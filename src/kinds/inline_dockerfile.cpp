#include "kinds/inline_dockerfile.hpp"

#include <algorithm>

#include "kinds/dockerfile/read.hpp"
#include "kinds/dockerfile/roles.hpp"

namespace imglint {
namespace {

bool is_unset(const Variable& variable) { return variable.source == VariableSource::none; }

bool is_image(const ImageUse& use) {
  return use.kind == Kind::image || use.kind == Kind::unresolved || use.kind == Kind::invalid;
}

bool is_bare_word(const ImageUse& use) {
  return use.role != &dockerfile::role::from &&
         use.written.text().find_first_of("/:.@$") == std::string_view::npos;
}

}  // namespace

void hide_unknown_value(ImageUse& use, Arena& arena) {
  const auto unknown = std::ranges::find_if(use.value.variables, is_unset);
  if (unknown == use.value.variables.end() || !use.value.is_known()) return;
  use.open_value = use.value;
  use.kind = Kind::unresolved;
  use.error_kind = UseError::expansion_failed;
  use.value.set({});
  use.reference = ImageUse().reference;  // it was that of the text which is hidden
  use.value.fault = arena.copy("'" + std::string(unknown->name) + "' has no value that the file says");
}

void add_inline_dockerfile(const Evaluated& text, const InlineDockerfile& about, const ReadOptions& options,
                           Document& document) {
  ReadOptions inner{
      .build_args = options.build_args, .platform = options.platform, .max_bytes = options.max_bytes};
  inner.contexts = options.contexts;
  inner.contexts.insert(inner.contexts.end(), about.contexts.begin(), about.contexts.end());
  const std::size_t first = document.uses.size();
  const std::size_t first_trouble = document.troubles.size();
  read_dockerfile(text.value, text.value.variables, inner, no_owner, document);
  if (about.is_excerpt) document.troubles.resize(first_trouble);
  const auto begin = document.uses.begin() + static_cast<std::ptrdiff_t>(first);
  document.uses.erase(std::remove_if(begin, document.uses.end(),
                                     [&](const ImageUse& use) {
                                       return !is_image(use) || (about.is_excerpt && is_bare_word(use));
                                     }),
                      document.uses.end());
  for (std::size_t i = first; i < document.uses.size(); ++i) {
    ImageUse& use = document.uses[i];
    use.style = about.style;
    use.path = document.arena.copy(about.path);
    if (!about.not_editable.empty()) use.not_editable = about.not_editable;
    hide_unknown_value(use, document.arena);
  }
}

}  // namespace imglint
