#include "kinds/kind.hpp"

#include <algorithm>
#include <array>

#include "kinds/first_line.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/references.hpp"
#include "kinds/roles.hpp"
#include "kinds/shell/read.hpp"

namespace imglint::kinds {

extern const KindInfo shell;

namespace {

constexpr KindExample examples[] = {
    {"#!/bin/sh\n"
     "IMAGE=ghcr.io/acme/tool:2\n"
     "docker run --rm -v \"$PWD:/work\" ⟦$IMAGE⟧ check\n"
     "docker pull ⟦alpine:3.20⟧\n"
     "docker build -t ⟦acme/app⟧ .\n"
     "docker push ⟦acme/app⟧\n",
     "command lines of docker, podman and their like, with variables that are set once"},
};
constexpr std::string_view names[] = {"*.{sh,bash,zsh,ksh}"};
constexpr std::string_view doubtful_names[] = {"*"};
constexpr std::string_view not_doubtful_names[] = {"*.*"};
constexpr const RoleInfo* roles[] = {
    &role::image,        &role::probable_image, &role::build_tag, &role::pushed_image, &role::local_image,
    &role::tagged_image, &role::build_context,  &role::build_arg, &role::cache_from,   &role::cache_to};

/// `#!/bin/sh`, `#!/usr/bin/env -S bash -e`.
bool is_surely(std::string_view /*path*/, std::string_view bytes) {
  if (!bytes.starts_with("#!")) return false;
  std::string_view line = bytes.substr(2, std::min(bytes.find('\n'), bytes.size()) - 2);
  constexpr std::array<std::string_view, 5> shells = {"sh", "bash", "dash", "ksh", "zsh"};
  constexpr std::string_view blanks = " \t\r";
  while (true) {
    const auto begin = line.find_first_not_of(blanks);
    if (begin == line.npos) return false;
    line.remove_prefix(begin);
    std::string_view word = line.substr(0, line.find_first_of(blanks));
    line.remove_prefix(word.size());
    word = word.substr(word.rfind('/') + 1);
    if (std::ranges::find(shells, word) != shells.end()) return true;
    if (word != "env" && word != "-S") return false;
  }
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, shell);
  if (imglint::shell::readable_text(source, options.max_bytes, *document).empty()) return document;
  const auto size = static_cast<std::uint32_t>(source.bytes().size());
  imglint::shell::ScriptText text{
      .text = MappedText::slice(source, {source.text_begin(), size}, document->arena), .outer = {}};
  imglint::shell::add_script(std::move(text), nullptr, 0, false, *document);
  document->comments = line_comments(source);
  finish_references(*document);
  return document;
}

}  // namespace

constinit const KindInfo shell = {
    .name = "shell",
    .title = "shell script",
    .plural = "shell scripts",
    .summary = "Command lines in scripts of sh, bash, zsh and ksh.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .doubtful_names = doubtful_names,
    .not_doubtful_names = not_doubtful_names,
    .is_surely = is_surely,
    .include = "scripts",
    .read = read,
    .roles = roles,
    .comments_behind = true,
};

}  // namespace imglint::kinds
