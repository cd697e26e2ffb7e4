#include "kinds/kind.hpp"

#include <algorithm>

#include "kinds/dockerfile/read.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"
#include "kinds/first_line.hpp"

namespace imglint::kinds {
namespace {

constexpr KindExample examples[] = {
    {"# syntax=⟦docker/dockerfile:1⟧\n"
     "ARG VERSION=3.20\n"
     "FROM ⟦alpine:${VERSION}⟧ AS build\n"
     "RUN --mount=type=bind,from=⟦busybox:1.36⟧,target=/tools true\n"
     "FROM ⟦build⟧\n"
     "COPY --from=⟦ghcr.io/acme/assets:2⟧ /srv /srv\n",
     "stages too, so that a name that is one is not taken for an image"},
};

constexpr std::string_view names[] = {
    "{docker,container}file",
    "{docker,container}file[._-]*",
    "?*.{docker,container}file",
};
// `dockerfile_parser.py` is a program about Dockerfiles. After a point the ending says what the image holds:
// `Dockerfile.py`.
constexpr std::string_view not_names[] = {
    "*.{md,txt,rst,dockerignore,containerignore}",
    "{docker,container}file[_-]*.{c,cc,cpp,cs,go,h,hpp,java,js,kt,lua,php,py,rb,rs,swift,ts,tsx}",
};

constexpr Role roles[] = {Role::syntax,
                          Role::from,
                          Role::copy_from,
                          Role::mount_from,
                          Role::onbuild_copy_from,
                          Role::onbuild_mount_from};

constexpr std::string_view languages[] = {"dockerfile", "containerfile"};

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// `# syntax=…` and its like.
bool is_directive(std::string_view comment) {
  comment.remove_prefix(1);
  skip_blanks(comment);
  const std::size_t end = std::min(comment.find_first_of(" \t="), comment.size());
  const std::string_view word = comment.substr(0, end);
  comment.remove_prefix(end);
  skip_blanks(comment);
  if (!comment.starts_with('=')) return false;
  constexpr std::string_view directives[] = {"syntax", "escape", "check"};
  return std::any_of(std::begin(directives), std::end(directives),
                     [&](std::string_view name) { return dockerfile::is_word(word, name); });
}

/// By a directive, or by the first word.
bool looks_like(std::string_view bytes) {
  for (std::string_view line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
    if (line[0] != '#') return dockerfile::is_instruction(line.substr(0, line.find_first_of(" \t")));
    if (is_directive(line)) return true;
  }
  return false;
}

}  // namespace

extern const KindInfo dockerfile;
constinit const KindInfo dockerfile = {
    .name = "dockerfile",
    .title = "Dockerfile",
    .plural = "Dockerfiles",
    .summary = "Dockerfiles and Containerfiles, for BuildKit, Podman and Buildah.",
    .examples = examples,
    .names = names,
    .not_names = not_names,
    .takes_rest = true,
    .looks_like = looks_like,
    .read = read_dockerfile,
    .is_built = true,
    .roles = roles,
    .languages = languages,
};

}  // namespace imglint::kinds
