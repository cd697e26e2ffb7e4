#include "output/pages/places.hpp"

namespace imglint {

std::string places_page() {
  return R"(Images in files that no kind knows

1. In YAML and JSON: say in .imglint.yaml where they stand.

     places:
       - files: ["deploy/*.yaml"]
         path: $.workers[*].image

   A path begins with $ and goes on with
     .key          the value of a key; ["any key"] for one with other characters
     [*]           each item of a list
     ..key         the key at any depth
   Of a reference that is written in parts the path names the mapping that holds them:

       - files: ["deploy/*.yaml"]
         path: $.app.image
         parts: {registry: host, repository: name, tag: version}

   All that it meets is read as a reference, listed, judged and moved. Several paths for one file: several
   entries. A file that such an entry names is read by these places alone, whatever its name says.

2. In any other text, code and Terraform among them: write a comment.

     image = "ghcr.io/acme/app:1.4"   # imglint: image

     // imglint: image
     const base = "alpine:3.20";

   --include markers has a walk look for such comments in all files that no kind knows by name or text; a file
   that is given by its own name is looked at in any case. Without an option the configuration says where:

     files:
       - paths: ["**/*.tf", "src/*.go"]
         kind: markers

   The comment stands behind the text or in a line of its own above it. Of the line the first text in quotes
   counts that is a reference, without quotes what follows = or a colon.

3. Command lines in scripts, Makefiles and pipelines, and fences in Markdown: --include scripts,docs.

'imglint list FILE' shows what is found.
)";
}

}  // namespace imglint
