// A Dockerfile that stands in another file: in a heredoc of a bake file, in a fence of a document.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kinds/text_parts.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint {

struct InlineDockerfile {
  std::string_view path = {};
  Style style = Style::text;
  std::string_view not_editable = {};
  std::vector<std::string> contexts = {};  ///< names that are no images
  bool is_excerpt = false;  ///< a part of one: a bare word behind `--from=` is taken for a stage
};

/// Adds the images of a Dockerfile; stages and what is no image are left out.
void add_inline_dockerfile(const Evaluated& text, const InlineDockerfile& about, const ReadOptions& options,
                           Document& document);

/// A use whose value lacks a variable has none.
void hide_unknown_value(ImageUse& use, Arena& arena);

}  // namespace imglint
