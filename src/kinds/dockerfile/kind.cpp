#include "kinds/kind.hpp"

#include <algorithm>

#include "base/quote.hpp"
#include "kinds/dockerfile/read.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/roles.hpp"
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
    "*.{md,txt,rst,html,htm,pdf}",
    "*.{dockerignore,containerignore}",
    "*.{o,obj,pyc,class}",
    "{docker,container}file[_-]*.{bash,bat,c,cc,cjs,cpp,cs,cxx,go,h,hpp,java,js,jsx,kt,lua,mjs}",
    "{docker,container}file[_-]*.{php,pl,ps1,py,rb,rs,scala,sh,swift,ts,tsx}",
};

constexpr const RoleInfo* roles[] = {&dockerfile::role::syntax,
                                     &dockerfile::role::from,
                                     &dockerfile::role::copy_from,
                                     &dockerfile::role::mount_from,
                                     &dockerfile::role::onbuild_copy_from,
                                     &dockerfile::role::onbuild_mount_from};

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

/// A statement of a template engine stands in front of a Dockerfile that is made of it.
bool begins_template(std::string_view line) {
  constexpr std::string_view marks[] = {"{%", "{{", "{#", "<%"};
  return std::any_of(std::begin(marks), std::end(marks),
                     [&](std::string_view mark) { return line.starts_with(mark); });
}

/// By a directive, or by the first word.
bool looks_like(std::string_view bytes) {
  for (std::string_view line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
    if (line[0] != '#' && !begins_template(line))
      return dockerfile::is_instruction(line.substr(0, line.find_first_of(" \t")));
    if (line[0] == '#' && is_directive(line)) return true;
  }
  return false;
}

/// Words that other frontends know, without a directive that names them.
bool is_known_elsewhere(std::string_view word) {
  constexpr std::string_view words[] = {"include", "include+"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view known) { return dockerfile::is_word(word, known); });
}

/// A program or a list by the name of a Dockerfile. A word that is nearly an instruction is a
/// mistake in a Dockerfile, which is a finding.
std::string doubt(std::string_view bytes) {
  for (std::string_view line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
    const bool is_comment = line[0] == '#';
    if ((is_comment || line.starts_with("//")) && is_directive(line.substr(is_comment ? 0 : 1))) return {};
    if (is_comment) continue;
    if (begins_template(line)) return {};
    const std::string_view word = line.substr(0, line.find_first_of(" \t\\"));
    if (word.empty() || is_known_elsewhere(word) || dockerfile::is_nearly_instruction(word)) return {};
    return quote(word) + ", its first word, is no instruction";
  }
  return {};
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
    .doubt = doubt,
    .takes_rest = true,
    .looks_like = looks_like,
    .read = read_dockerfile,
    .is_built = true,
    .roles = roles,
    .languages = languages,
};

}  // namespace imglint::kinds
