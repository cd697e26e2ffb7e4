#include "kinds/kind.hpp"

#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "kinds/manifest/roles.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {
namespace {

using manifest::Place;

constexpr KindExample examples[] = {
    {"apiVersion: v2\n"
     "name: api\n"
     "annotations:\n"
     "  artifacthub.io/images: |\n"
     "    - name: api\n"
     "      image: ⟦quay.io/acme/api:2.4.1⟧\n"},
};

constexpr std::string_view doubtful_names[] = {"chart.yaml"};

constexpr auto roles = manifest::roles_of<Place::chart_image>;

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return manifest::read_manifest(source, options, helm_chart);
}

}  // namespace

constinit const KindInfo helm_chart = {
    .name = "helm-chart",
    .title = "Chart.yaml",
    .plural = "Chart.yaml files",
    .summary = "The images that the annotations of a Helm chart name.",
    .examples = examples,
    .doubtful_names = doubtful_names,
    .is_surely = manifest::is_chart,
    .is_asked_first = true,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
