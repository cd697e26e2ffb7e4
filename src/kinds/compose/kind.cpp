#include "kinds/kind.hpp"

#include <algorithm>
#include <cstring>

#include "expansion/engine.hpp"
#include "kinds/compose/file.hpp"
#include "kinds/compose/read.hpp"
#include "kinds/compose/roles.hpp"
#include "kinds/dockerfile/roles.hpp"
#include "kinds/first_line.hpp"
#include "source/read_file.hpp"
#include "tree/view.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

constexpr KindExample examples[] = {
    {"services:\n"
     "  web:\n"
     "    image: ⟦ghcr.io/acme/web:${TAG:-1.4}⟧\n"
     "    build:\n"
     "      context: .\n"
     "      cache_from: [\"type=registry,ref=⟦ghcr.io/acme/cache⟧\"]\n"
     "      additional_contexts: {base: \"docker-image://⟦alpine:3.20⟧\"}\n"
     "  tool:\n"
     "    build:\n"
     "      dockerfile_inline: |\n"
     "        FROM ⟦busybox:1.36⟧\n",
     "what a service runs, what its build takes and gives, and a Dockerfile inside"},
};

// YAML that is named after a Dockerfile is more likely to be about services than to be a Dockerfile.
constexpr std::string_view names[] = {
    "{compose,docker-compose}.{yml,yaml}",
    "{compose,docker-compose}[._-]*.{yml,yaml}",
    "?*-compose.{yml,yaml}",
    "{stack,docker-stack}.{yml,yaml}",
    "{compose,docker-compose}.{yml,yaml}.{j2,jinja,jinja2,tmpl,tpl,template,erb,in}",
    "{compose,docker-compose}[._-]*.{yml,yaml}.{j2,jinja,jinja2,tmpl,tpl,template,erb,in}",
    "{docker,container}file.{yml,yaml,json}",
    "{docker,container}file[._-]*.{yml,yaml,json}",
};
// There a file of any name is a workflow, unless its text says otherwise.
constexpr std::string_view not_names[] = {"{.github,.gitea,.forgejo}/workflows/*.{yml,yaml}"};
constexpr std::string_view doubtful_names[] = {"*.{yml,yaml}"};
constexpr std::string_view given_names[] = {"*.{yml,yaml,json}"};

constexpr const RoleInfo* roles[] = {&compose::role::image,
                                     &compose::role::built_image,
                                     &compose::role::pre_start,
                                     &compose::role::volume_image,
                                     &compose::role::build_context,
                                     &compose::role::cache_from,
                                     &compose::role::cache_to,
                                     &compose::role::build_tag,
                                     &compose::role::sbom,
                                     &compose::role::model,
                                     &compose::role::provider_model,
                                     &compose::role::include,
                                     &compose::role::extends,
                                     &compose::role::bake_build_tag,
                                     &compose::role::bake_cache_from,
                                     &compose::role::bake_cache_to,
                                     &compose::role::bake_build_context,
                                     &dockerfile::role::syntax,
                                     &dockerfile::role::from,
                                     &dockerfile::role::copy_from,
                                     &dockerfile::role::mount_from,
                                     &dockerfile::role::onbuild_copy_from,
                                     &dockerfile::role::onbuild_mount_from};

constexpr std::string_view languages[] = {"dockercompose", "docker-compose", "compose"};

/// The start of a document, a directive, a flow mapping, or a key and its colon.
bool starts_yaml(std::string_view line) {
  if (line.starts_with("---") || line.starts_with('%') || line.starts_with('{')) return true;
  for (auto colon = line.find(':'); colon != line.npos; colon = line.find(':', colon + 1))
    if (colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\t') return true;
  return false;
}

bool looks_like(std::string_view bytes) {
  if (starts_in_utf16(bytes)) return true;
  std::string_view line = take_line(bytes);
  while (line.starts_with('#')) line = take_line(bytes);
  return starts_yaml(line);
}

/// What may begin the mapping of services: the key and a colon, at the start of a line or between quotes.
bool has_services_line(std::string_view bytes) {
  constexpr std::string_view key = "services";
  constexpr std::string_view before = "\n\r\"'{\xBF";  // the last of a byte order mark
  // Nearly no YAML file holds the word; find() stops at each of its first letters.
  if (memmem(bytes.data(), bytes.size(), key.data(), key.size()) == nullptr) return false;
  for (auto at = bytes.find(key); at != bytes.npos; at = bytes.find(key, at + 1)) {
    if (at > 0 && before.find(bytes[at - 1]) == before.npos) continue;
    const auto end = bytes.find_first_not_of("\"' \t", at + key.size());
    if (end != bytes.npos && bytes[end] == ':') return true;
  }
  return false;
}

/// A mapping of services each of which has an image or a build, and nothing that docker compose does not know
/// beside it, in every document. Woodpecker's pipelines have such services beside their steps.
bool is_surely(std::string_view /*path*/, std::string_view bytes) {
  if (!has_services_line(bytes)) return false;
  const Source source("", std::string(bytes));
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, static_cast<std::uint32_t>(bytes.size()), arena);
  if (parsed.trouble || yaml::unsafe_aliases(parsed.tree)) return false;
  compose::View view(parsed.tree);
  for (std::size_t document = 0; document < parsed.tree.documents.size(); ++document) {
    const auto keys = view.entries(view.top(document));
    if (!std::ranges::all_of(keys, compose::is_top_level_key, &compose::Entry::key)) return false;
    const auto services = view.entries(view.find(view.top(document), "services"));
    const bool all = std::all_of(services.begin(), services.end(), [&](const compose::Entry& service) {
      return view.find(service.value, "image") || view.find(service.value, "build");
    });
    if (services.empty() || !all) return false;
  }
  return !parsed.tree.documents.empty();
}

/// A template is proved by what it is without the engine's words.
Result<void> prove(const EditSet& edits) {
  const bool is_template = is_template_name(edits.source().path());
  auto proved = is_template ? verify_yaml_edits(edits, yaml_shape) : verify_yaml_edits(edits);
  const bool has_words = !proved && !is_template && !find_expressions(edits.source().bytes()).empty();
  return has_words ? verify_yaml_edits(edits, yaml_shape) : proved;
}

}  // namespace

extern const KindInfo compose;
constinit const KindInfo compose = {
    .name = "compose",
    .title = "compose file",
    .plural = "compose files",
    .summary = "Compose files and stack files, for Docker Compose, Swarm, Podman and Compose's likes.",
    .examples = examples,
    .names = names,
    .not_names = not_names,
    .doubtful_names = doubtful_names,
    .is_surely = is_surely,
    .names_win = true,
    .given_names = given_names,
    .looks_like = looks_like,
    .read = read_compose,
    .reads_env_files = true,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = prove,
    .languages = languages,
};

}  // namespace imglint::kinds
