#include "kinds/kind.hpp"

#include <algorithm>

#include "kinds/dockerfile/doubt.hpp"
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

/// By a directive, or by the first word.
bool looks_like(std::string_view bytes) {
  for (std::string_view line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
    if (line[0] != '#' && !dockerfile::begins_template(line))
      return dockerfile::is_instruction(line.substr(0, line.find_first_of(" \t")));
    if (line[0] == '#' && dockerfile::is_directive(line)) return true;
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
    .doubt = dockerfile::doubt,
    .takes_rest = true,
    .looks_like = looks_like,
    .read = read_dockerfile,
    .is_built = true,
    .roles = roles,
    .languages = languages,
};

}  // namespace imglint::kinds
