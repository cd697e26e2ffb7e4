// Which bytes a move edits, beyond the conformance cases: variables in variables, quotes, operators, tags.
#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using Words = std::vector<std::string>;

struct Row {
  std::string source;
  std::string wanted;  ///< the new text, or the kind of the first message
  Words options = {"--to", "ghcr.io/org"};
};

std::string moved(const std::string& name, const Row& row) {
  MemoryFileSystem files;
  Words words = {"retarget", "--stdin-filename", name, "-"};
  words.insert(words.end(), row.options.begin(), row.options.end());
  const ProgramRun run = run_program_in(files, words, row.source);
  if (run.code == 0) return run.out;
  const auto begin = run.err.find(" [");
  return run.err.substr(begin + 2, run.err.find(']', begin) - begin - 2);
}

const std::string digest = "sha256:" + std::string(64, 'a');

TEST(Move, EditsDockerfiles) {
  const Row rows[] = {
      // Variables in variables: the text goes before the outermost that supplies less than the whole name.
      {"ARG NS=bitnami\nARG NAME=redis\nARG IMG=${NS}/${NAME}\nFROM $IMG:7\n",
       "ARG NS=bitnami\nARG NAME=redis\nARG IMG=ghcr.io/org/${NS}/${NAME}\nFROM $IMG:7\n"},
      {"ARG ORG=bitnami\nARG NS=${ORG}\nFROM ${NS}/redis\n",
       "ARG ORG=bitnami\nARG NS=${ORG}\nFROM ghcr.io/org/${NS}/redis\n"},
      {"ARG A=alpine\nARG B=$A\nFROM $B\n", "ARG A=ghcr.io/org/alpine\nARG B=$A\nFROM $B\n"},
      {"ARG A=quay.io\nARG B=$A/x\nFROM ${B}/y:1\n", "ARG A=ghcr.io/org\nARG B=$A/x\nFROM ${B}/y:1\n"},
      // Quotes stay, and text goes inside of them.
      {"ARG IMG=\"alpine:3\"\nFROM $IMG\n", "ARG IMG=\"ghcr.io/org/alpine:3\"\nFROM $IMG\n"},
      {"ARG IMG='alpine:3'\nFROM $IMG\n", "ARG IMG='ghcr.io/org/alpine:3'\nFROM $IMG\n"},
      {"ARG P=\"\"\nFROM ${P}alpine\n", "ARG P=\"ghcr.io/org/\"\nFROM ${P}alpine\n"},
      {"ARG P=''\nFROM ${P}alpine\n", "ARG P='ghcr.io/org/'\nFROM ${P}alpine\n"},
      {"FROM \"alpine:3\"\n", "FROM \"ghcr.io/org/alpine:3\"\n"},
      {"ARG P\nFROM ${P:-}alpine\n", "ARG P\nFROM ${P:-ghcr.io/org/}alpine\n"},
      {"ARG A=x B=quay.io\nFROM ${B}/c/d\n", "ARG A=x B=ghcr.io/org\nFROM ${B}/c/d\n"},
      // The last default counts; a bare name leaves it.
      {"ARG R=docker.io\nARG R\nFROM ${R}/a/b\n", "ARG R=ghcr.io/org\nARG R\nFROM ${R}/a/b\n"},
      {"ARG R=quay.io\nARG R=docker.io\nFROM ${R}/a/b\n",
       "ARG R=quay.io\nARG R=ghcr.io/org\nFROM ${R}/a/b\n"},
      // Operators.
      {"ARG T=1\nFROM nginx${T:+:$T}\n", "ARG T=1\nFROM ghcr.io/org/nginx${T:+:$T}\n"},
      {"ARG T\nFROM nginx${T:+:$T}\n", "ARG T\nFROM ghcr.io/org/nginx${T:+:$T}\n"},
      {"ARG T=1\nFROM ${T:+quay.io/}nginx\n", "conditional-variable"},
      {"ARG T\nFROM ${T+quay.io/}nginx\n", "conditional-variable"},
      {"ARG X=docker.io/a/b\nFROM ${X#docker.io/}\n", "variable-boundary"},
      {"ARG X=1.2\nFROM quay.io/a/b:${X%.*}\n", "ARG X=1.2\nFROM ghcr.io/org/a/b:${X%.*}\n"},
      {"ARG R\nFROM ${R:?}/x\n", "unknown-variable"},
      {"FROM ${R}/x\n", "unknown-variable"},
      {"ARG S\nFROM alpine${S}\n", "unknown-variable"},
      {"ARG S\nFROM quay.io/a/b${S}\n", "ARG S\nFROM ghcr.io/org/a/b${S}\n"},
      {"ARG S\nFROM library/$S\n", "unknown-variable"},
      {"ARG S\nFROM library/$S\n",
       "ARG S\nFROM ghcr.io/org/library/$S\n",
       {"--to", "ghcr.io/org", "--library", "keep"}},
      {"ARG S\nFROM quay.io/$S\n", "ARG S\nFROM h.io/quay.io/$S\n", {"--to", "h.io", "--paths", "source"}},
      {"ARG D\nFROM quay.io/a/b@sha256:$D\n", "ARG D\nFROM ghcr.io/org/a/b@sha256:$D\n"},
      {"ARG D\nFROM quay.io/a/b@$D\n", "ARG D\nFROM ghcr.io/org/a/b@$D\n"},
      // The host of one default, the path of another; only the first changes.
      {"ARG R=quay.io\nARG P=a/b\nFROM $R/$P\n", "ARG R=ghcr.io/org\nARG P=a/b\nFROM $R/$P\n"},
      {"ARG H=quay\nFROM $H.io/a/b\n", "variable-boundary"},
      {"ARG R=quay.io/\nFROM ${R}a/b\n", "ARG R=ghcr.io/org/\nFROM ${R}a/b\n"},
      {"ARG R=quay.io/a\nFROM $R/b\n", "ARG R=ghcr.io/org/a\nFROM $R/b\n"},
      {"ARG R=quay.io\nFROM $R/library/b\n", "ARG R=ghcr.io/org\nFROM $R/library/b\n"},
      // Built-ins are known to be no host; they keep their meaning.
      {"FROM ${TARGETARCH}/alpine\n", "FROM ghcr.io/org/${TARGETARCH}/alpine\n"},
      {"FROM quay.io/a/b-$TARGETARCH\n", "FROM ghcr.io/org/a/b-$TARGETARCH\n"},
      // Options.
      {"ARG R=quay.io\nFROM $R/a/b\n",
       "defined-by-option",
       {"--to", "ghcr.io/org", "--build-arg", "R=docker.io"}},
      {"ARG T=1\nFROM quay.io/a/b:$T\n",
       "ARG T=1\nFROM ghcr.io/org/a/b:$T\n",
       {"--to", "ghcr.io/org", "--build-arg", "T=2"}},
      // ONBUILD: a bare word may be a stage of the build that uses the image.
      {"FROM scratch\nONBUILD COPY --from=base /a /a\nONBUILD COPY --from=a/b:1 /a /a\n",
       "FROM scratch\nONBUILD COPY --from=base /a /a\nONBUILD COPY --from=ghcr.io/org/a/b:1 /a /a\n"},
      // Over several lines.
      {"FROM al\\\npine:3\n", "not-editable"},
      {"FROM quay\\\n.io/a/b\n", "not-editable"},
      {"FROM \\\n# quay.io\n  quay.io/a/b\n", "FROM \\\n# quay.io\n  ghcr.io/org/a/b\n"},
      // A map that gives another tag.
      {"ARG T=1.25\nFROM nginx:${T}\n",
       "ARG T=1.25-hard\nFROM ghcr.io/org/nginx:${T}\n",
       {"--map", "nginx:1.25=ghcr.io/org/nginx:1.25-hard"}},
      {"ARG T=1.25\nFROM nginx:${T}\nFROM redis:$T\n",
       "shared-variable",
       {"--map", "nginx:1.25=ghcr.io/org/nginx:1.25-hard"}},
      {"FROM nginx\n", "FROM h.io/n:stable\n", {"--map", "nginx:latest=h.io/n:stable"}},
      {"ARG N=nginx\nFROM $N\n", "ARG N=h.io/n:stable\nFROM $N\n", {"--map", "nginx:latest=h.io/n:stable"}},
      {"FROM nginx:1@" + digest + "\n", "FROM h.io/n:2\n", {"--map", "nginx:1=h.io/n:2"}},
      {"FROM a/nginx:1\n", "FROM h.io/a/nginx:2\n", {"--map", "a/nginx:1=h.io/a/nginx:2"}},
      {"ARG T\nFROM nginx:$T\n", "unknown-variable", {"--map", "nginx:1=h.io/n:2"}},
      // What an operator would add to the tag is not known either, unless no map is about the tag.
      {"ARG T\nFROM a/x${T:+:$T}\n", "unknown-variable", {"--map", "a/x=q.io/x:2"}},
      {"ARG T\nFROM a/x${T:+:$T}\n", "unknown-variable", {"--map", "a/x:latest=q.io/x:2"}},
      {"ARG D\nFROM a/x${D:+@$D}\n", "unknown-variable", {"--map", "a/x=q.io/x@" + digest}},
      {"ARG S\nFROM a/x:1${S:+-$S}\n", "unknown-variable", {"--map", "a/x=q.io/x:2"}},
      {"ARG S\nARG T=1${S:+-$S}\nFROM a/x:$T\n", "unknown-variable", {"--map", "a/x=q.io/x:2"}},
      {"ARG S\nFROM a/x:1${S:+-$S}\n", "unknown-variable", {"--map", "a/x:1-a=q.io/x:2"}},
      {"ARG S\nFROM a/x:1${S:+-$S}\n", "ARG S\nFROM a/x:1${S:+-$S}\n", {"--map", "a/x:2=q.io/x:2"}},
      {"ARG T\nFROM a/x${T:+:$T}\n", "ARG T\nFROM q.io/x${T:+:$T}\n", {"--map", "a/x=q.io/x"}},
      {"ARG T=1\nFROM a/x${T:+:$T}\n", "ARG T=2\nFROM q.io/x${T:+:$T}\n", {"--map", "a/x=q.io/x:2"}},
      {"ARG T=\nFROM a/x${T}\n", "ARG T=:2\nFROM q.io/x${T}\n", {"--map", "a/x=q.io/x:2"}},
      {"ARG T\nFROM a/x:$T\n", "unknown-variable", {"--map", "a/x=q.io/x:2"}},
      {"ARG T\nFROM a/x:$T\n", "ARG T\nFROM a/x:$T\n", {"--to", "q.io", "--except", "a/x"}},
      {"ARG T\nFROM a/x:$T\n", "unknown-variable", {"--to", "q.io", "--except", "a/x:1"}},
      // --from reaches into what a variable supplies, as the FROM of a map does.
      {"ARG NS=acme\nFROM $NS/web:1\n",
       "ARG NS=ghcr.io/x/acme\nFROM $NS/web:1\n",
       {"--from", "docker.io/acme", "--to", "ghcr.io/x"}},
      {"ARG NS=acme\nFROM $NS/web:1\n",
       "ARG NS=acme\nFROM ghcr.io/x/$NS/web:1\n",
       {"--from", "docker.io", "--to", "ghcr.io/x"}},
      // Text that is no reference, or one we cannot know.
      {"FROM " + std::string(64, 'a') + "\n", "FROM " + std::string(64, 'a') + "\n"},
      {"FROM alpine\nCOPY --from=$X /a /a\n", "invalid-reference"},
      {"FROM Alpine\n", "invalid-reference"},
      {"FROM alpine\nCOPY --from=7 /a /a\n", "FROM ghcr.io/org/alpine\nCOPY --from=7 /a /a\n"},
      {"FROM [::1]:5000/x\n", "FROM ghcr.io/org/x\n"},
      {"FROM x\n", "FROM [::1]:5000/x\n", {"--to", "[::1]:5000"}},
  };
  for (const Row& row : rows) EXPECT_EQ(moved("Dockerfile", row), row.wanted) << row.source;
}

/// A compose file with one image.
std::string image(const std::string& scalar) { return "services:\n  a:\n    image: " + scalar + "\n"; }

TEST(Move, EditsComposeFiles) {
  const Words brackets = {"--to", "[::1]:5000/x"};
  const struct {
    std::string scalar;
    std::string wanted;  ///< the new scalar, or a kind
    Words options = {"--to", "ghcr.io/org"};
  } rows[] = {
      {"\"al\\x70ine:3\"", "\"ghcr.io/org/al\\x70ine:3\""},
      {"\"quay\\x2eio/a/b:1\"", "not-editable"},
      {"!!str alpine", "!!str ghcr.io/org/alpine"},
      {"&a alpine", "&a ghcr.io/org/alpine"},
      {"|-\n      alpine:3", "|-\n      ghcr.io/org/alpine:3"},
      {"${A:-${B:-quay.io}/acme}/app", "${A:-${B:-ghcr.io/org}/acme}/app"},
      {"${A:-${B:-acme}/app}", "${A:-ghcr.io/org/${B:-acme}/app}"},
      {"${NS:-acme}/${APP:-app}:1", "ghcr.io/org/${NS:-acme}/${APP:-app}:1"},
      {"${REGISTRY:-acme}/web:1",
       "${REGISTRY:-ghcr.io/x/acme}/web:1",
       {"--from", "docker.io/acme", "--to", "ghcr.io/x"}},
      {"a/x${T:+:$T}", "unknown-variable", {"--map", "a/x=q.io/x:2"}},
      {"a/x:${T:-1${S:+-$S}}", "unknown-variable", {"--map", "a/x=q.io/x:2"}},
      {"\"${A:-}quay.io/x/y\"", "\"${A:-}ghcr.io/org/x/y\""},
      {"${A:-}x/y", "${A:-ghcr.io/org/}x/y"},
      {"${A-}x/y", "${A-ghcr.io/org/}x/y"},
      {"${A}x/y", "unknown-variable"},
      {"quay.io/${A}/y", "ghcr.io/org/${A}/y"},
      {"quay.io/${A:?no}/y", "ghcr.io/org/${A:?no}/y"},
      {"${A:?no}/y", "unknown-variable"},
      {"nginx:${A:?no}", "ghcr.io/org/nginx:${A:?no}"},
      {"${R:-quay.io}/a/b:${A?}@${B:?}", "${R:-ghcr.io/org}/a/b:${A?}@${B:?}"},
      {"${R:-docker.io/${A:?no}}/b", "${R:-ghcr.io/org/${A:?no}}/b"},
      {"${X:-alpine}${T:+:$T}", "${X:-ghcr.io/org/alpine}${T:+:$T}"},
      {"${R}/a/b", "defined-by-option", {"--to", "ghcr.io/org", "--env", "R=docker.io"}},
      {"${R:-quay.io}/a/b", "${R:-ghcr.io/org}/a/b", {"--to", "ghcr.io/org", "--env", "S=docker.io"}},
      {"${COMPOSE_PROJECT_NAME}/web", "unknown-variable"},
      {"alpine", "not-editable", brackets},
      {"\"alpine\"", "\"[::1]:5000/x/alpine\"", brackets},
      {"'alpine'", "'[::1]:5000/x/alpine'", brackets},
      {"${R:-quay.io}/a", "${R:-[::1]:5000/x}/a", brackets},
      {std::string(64, '0'), std::string(64, '0')},
      {"sha256:" + std::string(64, 'b'), "sha256:" + std::string(64, 'b')},
      {"Acme/App", "invalid-reference"},
      {"!reset alpine", "!reset alpine"},
  };
  for (const auto& row : rows) {
    const bool kind = row.wanted.find_first_of("/:0! ") == std::string::npos;
    EXPECT_EQ(moved("compose.yaml", {image(row.scalar), {}, row.options}),
              kind ? row.wanted : image(row.wanted))
        << row.scalar;
  }
}

TEST(Move, VettesAnAddressInBracketsInsideOfFlow) {
  const std::string source = "services: {a: {image: alpine}, b: {image: \"alpine\"}}\n";
  EXPECT_EQ(moved("compose.yaml", {source, {}, {"--to", "[::1]:5000/x"}}), "not-editable");
}

TEST(Move, TellsWhatIsInTheWayAndWhatToDo) {
  const struct {
    std::string source;
    std::string wanted;
    Words options = {};
  } rows[] = {
      {"ARG R\nFROM ${R}/x\n",
       "Dockerfile:2:6: error: '${R}' has no value that a file says; give it a default [unknown-variable]\n1 "
       "left\n"},
      {"ARG R=docker.io\nFROM ${R}/library/x\n",
       "Dockerfile:2:6: error: 'docker.io/library' is partly in '${R}' and partly beside it; use --library "
       "keep, or "
       "change it by hand [variable-boundary]\n1 left\n"},
      {"ARG R=docker.io\nFROM ${R}/a/x\nFROM ${R}/b/x\n",
       "Dockerfile:2:6: error: 'docker.io' is also read in Dockerfile:3, which does not ask for this change; "
       "give them "
       "variables of their own [shared-variable]\n1 left\n",
       {"--from", "docker.io/a"}},
  };
  for (const auto& row : rows) {
    MemoryFileSystem files;
    files.put("Dockerfile", row.source);
    Words words = {"retarget", "--to", "ghcr.io/org", "Dockerfile"};
    words.insert(words.end(), row.options.begin(), row.options.end());
    EXPECT_EQ(run_program_in(files, words).err, row.wanted);
  }
}

TEST(Move, EndsInOneOnlyForANameThatAMapCouldConcern) {
  const struct {
    std::string name;
    std::string source;
    Words options;
    int code;
  } rows[] = {
      {"Dockerfile", "ARG M\nFROM ${M}k8s.gcr.io/pause:3.9\n", {"--map", "k8s.gcr.io=registry.k8s.io"}, 1},
      {"Dockerfile", "ARG M\nFROM ${M}k8s.gcr.io/pause:3.9\n", {"--known"}, 1},
      {"Dockerfile", "ARG M\nFROM ${M}k8s.gcr.io/pause:3.9\n", {"--map", "*.gcr.io=q.io"}, 1},
      {"Dockerfile", "ARG M\nFROM ${M}k8s.gcr.io/pause:3.9\n", {"--map", "gcr.io/pause=q.io/p"}, 0},
      {"Dockerfile", "ARG M\nFROM ${M}k8s.gcr.io/pause:3.9\n", {"--map", "quay.io=q.io"}, 0},
      {"Dockerfile", "ARG M\nFROM ${M}k8s.gcr.io/pause:3.9\n", {"--map", "k8s.gcr.io/pau=q.io/p"}, 0},
      {"Dockerfile", "ARG M\nFROM ${M}pause:3.9\n", {"--map", "k8s.gcr.io/pause=q.io/p"}, 1},
      {"Dockerfile", "ARG M\nFROM ${M}pause:3.9\n", {"--map", "k8s.gcr.io=q.io"}, 0},
      {"Dockerfile", "ARG M\nFROM k8s${M}/pause:3.9\n", {"--map", "k8s.gcr.io=q.io"}, 1},
      {"Dockerfile", "ARG M\nFROM alpine${M}\n", {"--map", "alpine=q.io/a"}, 1},
      {"Dockerfile", "ARG M\nFROM alpine${M}\n", {"--map", "k8s.gcr.io=q.io"}, 0},
      {"Dockerfile", "ARG M\nFROM $M\n", {"--map", "docker.io=q.io"}, 0},
      {"Dockerfile", "ARG M\nFROM $M\n", {"--map", "docker.io=q.io", "--strict"}, 1},
      {"Dockerfile", "ARG M N\nFROM $M/$N\n", {"--map", "docker.io/library/nginx=q.io/n"}, 0},
      {"Dockerfile", "ARG M\nFROM $M/library/nginx\n", {"--from", "docker.io/library", "--to", "q.io"}, 1},
      {"Dockerfile", "FROM A/B\n", {"--map", "k8s.gcr.io=q.io"}, 0},
      {"Dockerfile", "FROM A/B\n", {"--to", "q.io"}, 1},
      {"Dockerfile", "FROM k8s.gcr.io/B\n", {"--map", "k8s.gcr.io=q.io"}, 1},
      {"Dockerfile", "ARG X=a\nFROM ${X:+b}/c:1\n", {"--map", "k8s.gcr.io=q.io"}, 0},
      {"Dockerfile", "ARG X\nFROM ${X:+k8s.gcr.io/}c:1\n", {"--map", "k8s.gcr.io=q.io"}, 1},
      {"compose.yaml",
       "services:\n  a:\n    image: ${M}k8s.gcr.io/pause:3.9\n",
       {"--map", "k8s.gcr.io=registry.k8s.io"},
       1},
      {"compose.yaml.j2",
       "services:\n  a:\n    image: {{ mirror }}k8s.gcr.io/pause:3.9\n",
       {"--map", "k8s.gcr.io=registry.k8s.io"},
       1},
  };
  for (const auto& row : rows) {
    MemoryFileSystem files;
    files.put(row.name, row.source);
    Words words = {"retarget", row.name};
    words.insert(words.end(), row.options.begin(), row.options.end());
    const ProgramRun result = run_program_in(files, words);
    EXPECT_EQ(result.code, row.code) << row.source << row.options.back() << '\n' << result.err;
    EXPECT_EQ(files.bytes(row.name), row.source);
    const bool strict = row.options.back() == "--strict";
    EXPECT_EQ(result.err.find("stays, whatever it is") != std::string::npos, row.code == 0) << result.err;
    if (!strict) {
      EXPECT_EQ(result.err.find("matched nothing") != std::string::npos, row.code == 0)
          << row.source << result.err;
    }
  }
}

}  // namespace
}  // namespace imglint::test
