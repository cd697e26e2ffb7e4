#include "base/quote.hpp"
#include "rules/rule.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = ".github/workflows/ci.yml",
     .text = "on: push\n"
             "jobs:\n"
             "  test:\n"
             "    runs-on: ubuntu-latest\n"
             "    services:\n"
             "      ⟦db⟧:\n"
             "        ports: [\"5432:5432\"]\n"},
    {.file = ".github/workflows/ci.yml",
     .text = "on: push\n"
             "jobs:\n"
             "  test:\n"
             "    runs-on: ubuntu-latest\n"
             "    services:\n"
             "      db:\n"
             "        image: postgres:16.4\n"
             "      cache: redis:7.4\n"},
};

void check(const CheckedDocument& checked, Report& report) {
  for (const Owner& owner : checked.document->without_image)
    report.at({checked.document->source, owner.name_span},
              std::string(owner.label) + " " + quoted(owner.name) + " has no image");
}

}  // namespace

extern const Rule service_without_image;
constinit const Rule service_without_image = {
    .info =
        {
            .name = "service-without-image",
            .summary = "A service of a workflow's job that says no image.",
            .why = "Of all that a service may say only `image` must be there: it is what GitHub starts "
                   "(docs.github.com, Workflow syntax, \"jobs.<job_id>.services.<service_id>.image\"), and a "
                   "workflow without it is refused (actions/languageservices#323). A service that is not "
                   "wanted has an image that an expression leaves empty.",
            .severity = Severity::info,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
