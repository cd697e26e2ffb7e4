#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"image:\n"
     "  registry: quay.io\n"
     "  repository: ⟦acme/api⟧\n"
     "  tag: v1\n"
     "sidecarImage: ⟦busybox:1.36⟧\n",
     "one reference in three scalars, and one by itself"},
};

constexpr std::string_view doubtful_names[] = {"*values*.{yml,yaml}"};

constexpr auto roles = manifest::roles_of<Place::values_image, Place::values_partial>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, helm_values);
}

}  // namespace

constinit const KindInfo helm_values = {
    .name = "helm-values",
    .title = "values file",
    .plural = "values files",
    .summary = "Values of Helm charts, whose references may be written in several scalars.",
    .examples = examples,
    .doubtful_names = doubtful_names,
    .is_surely = manifest::is_values,
    .is_asked_first = true,
    .read = read,
    .has_chart = true,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
