// Comments of a YAML file that name a linter.
#pragma once

#include "model/document.hpp"
#include "parse/yaml_tree.hpp"

namespace imglint::compose {

/// Adds the comments of the file, in order. A hash inside of a scalar is none. Linear time.
void add_comments(const yaml::Tree& tree, Document& document);

}  // namespace imglint::compose
