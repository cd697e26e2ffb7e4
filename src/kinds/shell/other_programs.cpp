// skopeo, crane, kubectl, helm and kind (docs/spec/pipelines.md 4.3).
#include <algorithm>
#include <array>

#include "kinds/roles.hpp"
#include "kinds/shell/keywords.hpp"
#include "kinds/shell/reader.hpp"

namespace imglint::shell {
namespace {

// Options that take a value, of `skopeo --help`, `crane --help` (go-containerregistry), `kubectl options`,
// `helm --help` and `kind --help` (2026). All others are taken for such as have none.
constexpr std::string_view skopeo_values =
    "--command-timeout --override-arch --override-os --override-variant --policy --registries.d --tmpdir "
    "--user-agent-prefix";
constexpr std::string_view crane_values =
    "--platform -j --jobs --format -c --cache_path --image-refs --tarball -t --tag";
constexpr std::string_view kubectl_values =
    "--as --as-group --as-uid --cache-dir --certificate-authority --client-certificate --client-key "
    "--cluster "
    "--context --kubeconfig --log-flush-frequency -n --namespace --password --profile --profile-output "
    "--request-timeout -s --server --tls-server-name --token --user --username -v --v --vmodule";
constexpr std::string_view helm_values =
    "--burst-limit --kube-apiserver --kube-as-group --kube-as-user --kube-ca-file --kube-context "
    "--kube-tls-server-name --kube-token --kubeconfig -n --namespace --qps --registry-config "
    "--repository-cache "
    "--repository-config";
constexpr std::string_view kind_values =
    "--name --nodes -n --kubeconfig --config --image --retain --wait -v --verbosity --loglevel";

bool takes_value(std::string_view list, std::string_view word) {
  return Options::with_values(list).form(word) == OptionForm::value;
}

/// The words that are no options, by a list of those that take a value; up to `--`.
std::vector<const Argument*> operands(const Arguments& arguments, std::size_t first,
                                      std::string_view values) {
  std::vector<const Argument*> found;
  for (std::size_t i = first; i < arguments.size() && arguments[i].shape != "--"; ++i) {
    const std::string& shape = arguments[i].shape;
    if (shape.size() > 1 && shape.front() == '-') {
      if (takes_value(values, shape)) ++i;
      continue;
    }
    found.push_back(&arguments[i]);
  }
  return found;
}

bool has_transport(std::string_view shape) {
  constexpr std::array<std::string_view, 11> transports = {
      "docker", "dir",    "docker-archive", "docker-daemon",     "oci", "oci-archive", "ostree",
      "sif",    "atomic", "tarball",        "containers-storage"};
  const auto colon = shape.find(':');
  return colon != shape.npos && std::ranges::find(transports, shape.substr(0, colon)) != transports.end();
}

void add_with_scheme(CommandReading& reading, const Argument& argument, const RoleInfo& role) {
  if (argument.shape.starts_with("docker://")) reading.add_behind_scheme(whole(argument), role);
}

/// `--image=REF`, `--image REF`; up to `--`.
void add_image_option(CommandReading& reading, std::size_t first) {
  const Arguments& arguments = reading.arguments;
  constexpr std::string_view option = "--image";
  for (std::size_t i = first; i < arguments.size() && arguments[i].shape != "--"; ++i) {
    const std::string& shape = arguments[i].shape;
    if (shape.starts_with("--image="))
      reading.add(whole(arguments[i]).from(option.size() + 1), role::image);
    else if (shape == option && i + 1 < arguments.size())
      reading.add(whole(arguments[++i]), role::image);
  }
}

/// Whether the value of such a key of a chart is an image: `image`, `initImage`, `image.repository`.
bool is_image_key(std::string_view key) {
  const auto is_image = [](std::string_view part) { return part == "image" || part.ends_with("Image"); };
  const auto dot = key.rfind('.');
  const std::string_view last = dot == key.npos ? key : key.substr(dot + 1);
  if (is_image(last)) return true;
  if (last != "repository" || dot == key.npos) return false;
  const std::string_view above = key.substr(0, dot);
  return is_image(above.substr(above.rfind('.') + 1));
}

void add_chart_values(CommandReading& reading, const Stretch& values) {
  const std::string_view shape = values.shape();
  for (std::size_t begin = 0; begin <= shape.size();) {
    const std::size_t end = std::min(shape.find(',', begin), shape.size());
    const auto equals = shape.find('=', begin);
    if (equals < end && is_image_key(shape.substr(begin, equals - begin)))
      reading.add(values.part({static_cast<std::uint32_t>(equals + 1), static_cast<std::uint32_t>(end)}),
                  role::image, true);
    begin = end + 1;
  }
}

}  // namespace

void read_skopeo(CommandReading& reading) {
  const auto words = operands(reading.arguments, 0, skopeo_values);
  if (words.empty()) return;
  const std::string& command = words.front()->shape;
  if (command == "copy") {
    std::size_t number = 0;
    for (const Argument* word : words)
      if (has_transport(word->shape) && number < 2)
        add_with_scheme(reading, *word, number++ == 0 ? role::image : role::pushed_image);
  } else if (is_one_of(command, {"inspect", "list-tags", "delete"})) {
    for (const Argument* word : words)
      add_with_scheme(reading, *word, command == "delete" ? role::pushed_image : role::image);
  }
}

void read_crane(CommandReading& reading) {
  const auto words = operands(reading.arguments, 0, crane_values);
  if (words.size() < 2) return;
  const std::string& command = words.front()->shape;
  const auto add = [&](std::size_t i, const RoleInfo& role) {
    if (i < words.size()) reading.add(whole(*words[i]), role);
  };
  if (is_one_of(command, {"copy", "cp"})) {
    add(1, role::image);
    add(2, role::pushed_image);
  } else if (command == "pull") {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) add(i, role::image);
  } else if (command == "push") {
    add(2, role::pushed_image);
  } else if (command == "tag") {
    add(1, role::pushed_image);
  } else if (is_one_of(command, {"digest", "manifest", "config", "ls"})) {
    add(1, role::image);
  }
}

void read_kubectl(CommandReading& reading) {
  const auto words = operands(reading.arguments, 0, kubectl_values);
  if (words.empty()) return;
  const std::string& command = words.front()->shape;
  const std::string_view object = words.size() > 1 ? std::string_view(words[1]->shape) : std::string_view();
  const auto first = static_cast<std::size_t>(words.front() - reading.arguments.data()) + 1;
  if (is_one_of(command, {"run", "debug"}) ||
      (command == "create" && is_one_of(object, {"deployment", "deploy", "job", "cronjob", "cj"}))) {
    add_image_option(reading, first);
  } else if (command == "set" && object == "image") {
    for (const Argument* word : words)
      if (const auto equals = word->shape.find('='); equals != std::string::npos)
        reading.add(whole(*word).from(equals + 1), role::image);
  }
}

void read_helm(CommandReading& reading) {
  const auto words = operands(reading.arguments, 0, helm_values);
  if (words.empty() || !is_one_of(words.front()->shape, {"install", "upgrade", "template", "lint"})) return;
  const Arguments& arguments = reading.arguments;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& shape = arguments[i].shape;
    for (const std::string_view option : {"--set", "--set-string"}) {
      if (shape == option && i + 1 < arguments.size())
        add_chart_values(reading, whole(arguments[i + 1]));
      else if (shape.starts_with(std::string(option) + "="))
        add_chart_values(reading, whole(arguments[i]).from(option.size() + 1));
    }
  }
}

void read_kind(CommandReading& reading) {
  const auto words = operands(reading.arguments, 0, kind_values);
  if (words.size() < 2) return;
  if (words[0]->shape == "create" && words[1]->shape == "cluster") return add_image_option(reading, 0);
  if (words[0]->shape != "load" || words[1]->shape != "docker-image") return;
  for (std::size_t i = 2; i < words.size(); ++i) reading.add(whole(*words[i]), role::local_image);
}

}  // namespace imglint::shell
