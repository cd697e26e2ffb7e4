#include "base/path.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "kinds/kind.hpp"
#include "move/use_name.hpp"
#include "policy/subject.hpp"
#include "project/builds.hpp"
#include "retarget/proposal.hpp"
#include "rules/support/subjects.hpp"

namespace imglint {
namespace {

/// What to say of a scalar that one owner pulls and another builds; nothing of any other.
std::optional<std::string> shared_anchor(const ImageUse& use) {
  if (use.aliases.empty() || !use.role->main) return std::nullopt;
  std::string_view pulled;
  std::string_view built;
  const auto look = [&](const RoleInfo& role, OwnerIndex owner, std::string_view path) {
    if (role.main && owner != no_owner) (names_output(role) ? built : pulled) = path;
  };
  look(*use.role, use.owner, use.path);
  for (const Alias& alias : use.aliases) look(*alias.role, alias.owner, alias.path);
  if (pulled.empty() || built.empty()) return std::nullopt;
  return "'" + std::string(built) + "' names what is built and '" + std::string(pulled) +
         "' what is pulled; write one of them out, or use --include built";
}

/// One Dockerfile: by its path, or by the service that holds it.
std::string inline_dockerfile(const Document& document, OwnerIndex service) {
  return document.source->path() + '\n' + std::to_string(service);
}

/// Of which Dockerfile an output is built; empty if that is not known.
std::string dockerfile_of_output(const Document& document, const ImageUse& use) {
  const Owner* owner = document.owner(use.owner);
  if (!owner || owner->build < 0) return {};
  const Build& build = document.builds[static_cast<std::size_t>(owner->build)];
  return build.inlined ? inline_dockerfile(document, use.owner) : dockerfile_of(document, build);
}

/// The Dockerfile that a use stands in; empty if it stands in none.
std::string dockerfile_around(const Document& document, const ImageUse& use) {
  const Owner* owner = document.owner(use.owner);
  if (!owner || owner->stage < 0) return {};
  return document.part_of(use).nested ? inline_dockerfile(document, owner->parent)
                                      : normal_path(document.source->path());
}

/// Who reads a file so, for messages.
std::string reader_of(const Document& document) {
  if (!document.project) return "a build of no project";
  const std::string& name = document.project->name;
  return name.empty() ? "a project without a name" : "project " + quoted(printable(name));
}

/// Of the readings of one place, a project that builds the image and one that pulls it.
struct Dispute {
  const Document* builder = nullptr;
  const Document* puller = nullptr;
  std::vector<const ImageUse*> pulled;

  [[nodiscard]] std::string message() const {
    const std::string one = reader_of(*builder), other = reader_of(*puller);
    return one + " builds this image and " + (one == other ? "another one of that name" : other) +
           " pulls it; give them names of their own, or use --include built";
  }
};

}  // namespace

std::optional<std::string> whole_name(const ImageUse& use) {
  const auto read = read_use_name(use);
  const auto* name = read ? std::get_if<UseName>(&*read) : nullptr;
  if (!name || !name->suffix_known || UseName::has_unknown(name->text)) return std::nullopt;
  return name->meaning.pulled().to_string();
}

bool is_feature(const RoleInfo& role) {
  return role.function == Function::artifact && role.name == "feature";
}

Selection::Selection(std::span<const Document* const> documents, const RetargetOptions& options)
    : options_(&options) {
  for (const Document* document : documents) {
    for (const ImageUse& use : document->uses) {
      if (is_built_but_pulled({.document = document, .use = &use})) {
        pulled_.insert(&use);
        if (auto name = whole_name(use)) pulled_names_.insert(*std::move(name));
        continue;
      }
      if (!use.active) continue;  // no build gives a name that does not count
      const auto shared = options.include_built ? std::nullopt : shared_anchor(use);
      if (shared) shared_.emplace(&use, *shared);
      if ((use.role->function != Function::output || !document->file_part().kind->reads_env_files) && !shared)
        continue;
      if (auto name = whole_name(use))
        outputs_[*std::move(name)].insert(dockerfile_of_output(*document, use));
    }
  }
  for (const Document* document : documents)
    for (const ImageUse& use : document->uses)
      if (is_own_base(*document, use)) own_bases_.insert(&use);
  note_built_by_commands(documents);
  if (!options.include_built) note_disputed(documents);
}

/// What one script builds, or pushes, another one runs without pulling it from where it would move to.
void Selection::note_built_by_commands(std::span<const Document* const> documents) {
  const auto is_command = [](const Document& document, const ImageUse& use) {
    return !document.part_of(use).kind->include.empty();
  };
  std::set<std::string, std::less<>> made;
  for (const Document* document : documents)
    for (const ImageUse& use : document->uses)
      if (use.role->function == Function::output && is_command(*document, use))
        if (auto name = whole_name(use)) made.insert(*std::move(name));
  if (made.empty()) return;
  for (const Document* document : documents)
    for (const ImageUse& use : document->uses) {
      if (!is_pulled(*use.role) || !is_command(*document, use)) continue;
      if (const auto name = whole_name(use); name && made.contains(*name)) built_by_commands_.insert(&use);
    }
}

/// What several projects read in one place is one thing in all of them, or stays.
void Selection::note_disputed(std::span<const Document* const> documents) {
  std::map<const Source*, std::size_t> readings;
  for (const Document* document : documents) ++readings[document->source];
  std::map<std::pair<const Source*, std::uint32_t>, Dispute> disputes;
  for (const Document* document : documents) {
    if (readings[document->source] < 2 || document->is_never_built) continue;
    for (const ImageUse& use : document->uses) {
      if (!use.active || pulled_.contains(&use)) continue;
      const bool is_built =
          (use.role->main && names_output(*use.role)) || (is_pulled(*use.role) && use.kind == Kind::built);
      if (!is_built && (!is_pulled(*use.role) || use.kind != Kind::image)) continue;
      Dispute& dispute = disputes[{document->source, use.span.begin}];
      (is_built ? dispute.builder : dispute.puller) = document;
      if (!is_built) dispute.pulled.push_back(&use);
    }
  }
  for (const auto& [place, dispute] : disputes)
    if (dispute.builder && dispute.puller)
      for (const ImageUse* use : dispute.pulled) shared_.emplace(use, dispute.message());
}

/// Whether the reader took a base for an image although it has the name of what is built: of this Dockerfile
/// alone.
bool Selection::is_own_base(const Document& document, const ImageUse& use) const {
  if (use.role->function != Function::base || use.kind != Kind::image || outputs_.empty()) return false;
  const std::string around = dockerfile_around(document, use);
  if (around.empty()) return false;
  const auto name = whole_name(use);
  const auto found = name ? outputs_.find(*name) : outputs_.end();
  return found != outputs_.end() && found->second.size() == 1 && found->second.contains(around);
}

/// Whether all builds that have a name have it pulled, so that who else names it pulls that, too.
bool Selection::is_pulled_by_name(const ImageUse& use) const {
  const auto name = pulled_names_.empty() ? std::nullopt : whole_name(use);
  return name && pulled_names_.contains(*name) && !outputs_.contains(*name);
}

bool Selection::is_output(const ImageUse& use) const {
  if (shared_.contains(&use) || pulled_.contains(&use)) return false;
  if (names_output(*use.role) || built_by_commands_.contains(&use)) return true;
  if (is_pulled(*use.role) && use.kind == Kind::built) return !is_pulled_by_name(use);
  if (!is_pulled(*use.role) || outputs_.empty() || own_bases_.contains(&use)) return false;
  const auto name = whole_name(use);
  return name && outputs_.contains(*name);
}

bool Selection::selects(const ImageUse& use) const {
  if (use.role->certainty == Certainty::probable && !options_->include_probable) return false;
  if (use.refused && !use.active) return false;  // docker compose reads no image here
  switch (use.role->function) {
    case Function::artifact:
      return is_feature(*use.role) && options_->include_features;
    case Function::selector:
    case Function::credential:
    case Function::fragment:
      return false;
    case Function::frontend:
      return options_->include_syntax;
    case Function::cache:
      if (!use.role->writes) return options_->include_cache;
      [[fallthrough]];
    case Function::base:
    case Function::copied:
    case Function::mounted:
    case Function::run:
    case Function::output:
      return options_->include_built || !is_output(use);
  }
  return false;
}

void Selection::refuse_shared_anchors(std::vector<Proposal>& proposals) const {
  for (Proposal& proposal : proposals)
    if (const auto shared = shared_.find(proposal.use); shared != shared_.end() && proposal.moves())
      proposal.refuse(RefusalKind::shared_anchor, shared->second);
}

}  // namespace imglint
