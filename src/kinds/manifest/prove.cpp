#include "kinds/manifest/prove.hpp"

#include "kinds/manifest/mask.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::manifest {

Result<void> prove_template(const EditSet& edits) { return verify_yaml_edits(edits, mask_actions); }

}  // namespace imglint::manifest
