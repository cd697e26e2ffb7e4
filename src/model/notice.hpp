// What is said of a file beside its references: what could not be understood, and comments for linters. Most
// readers need no more than this.
#pragma once

#include <cstdint>
#include <string>

#include "base/span.hpp"

namespace imglint {

/// Something a reader could not understand. Becomes a finding; the rest of the file is still read.
struct Trouble {
  enum class Kind : std::uint8_t {
    syntax,             ///< YAML or Dockerfile syntax
    encoding,           ///< not UTF-8, UTF-16, control characters
    too_large,          ///< over the size limit
    unjudged,           ///< it amounts to more than is judged, which is no mistake
    duplicate_key,      ///< compose refuses it, yaml-cpp does not
    template_,          ///< an invalid interpolation
    required_variable,  ///< `${X:?message}` without a value
    remark,             ///< worth saying, nothing is wrong: a version 1 file
  };
  Kind kind = Kind::syntax;
  Span span;
  std::string message;            ///< lower-case start, no final stop
  bool blocks_edits = false;      ///< the file must not be edited
  bool unread = false;            ///< nothing of the file could be read
  bool hides_references = false;  ///< references may stand there that were not read
  bool is_of_whole_file = false;  ///< a remark on what the file is or lacks, said by whoever reads it
};

/// A comment that names a linter, for suppressions.
struct Comment {
  Span span;               ///< from the hash to the end of the text
  bool own_line = true;    ///< nothing but blanks before it
  std::uint32_t part = 0;  ///< index into Document::parts
};

}  // namespace imglint
