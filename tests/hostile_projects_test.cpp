// Projects and files that are made to take for ever end soon, with a message or without.
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

std::string number(std::size_t value) { return std::to_string(value); }

/// What a function makes of each number below n, between commas if it is a list.
std::string each_of(std::size_t n, const std::function<std::string(std::size_t)>& text,
                    std::string_view between = {}) {
  std::string all;
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) all += between;
    all += text(i);
  }
  return all;
}

struct Case {
  std::string_view name;
  std::function<void(MemoryFileSystem&)> make;
  std::string_view told = {};  ///< a part of what a check says
};

const std::vector<Case> cases = {
    {"the arguments of one build in 300 files",
     [](MemoryFileSystem& files) {
       const auto name = [](std::size_t i) { return "i" + number(i) + ".yaml"; };
       files.put(".env", "COMPOSE_FILE=" + each_of(300, name, ":") + "\n");
       for (std::size_t i = 0; i < 300; ++i)
         files.put(
             name(i),
             "services:\n  s: {image: x:1, build: {args: [" +
                 each_of(
                     1000, [&](std::size_t j) { return "a" + number(i) + "_" + number(j) + "=1"; }, ", ") +
                 "]}}\n");
     },
     "this project amounts to too much"},
    {"a thousand services with a thousand profiles",
     [](MemoryFileSystem& files) {
       files.put("compose.yaml", "services:\n  b: {image: x:1, profiles: [" +
                                     each_of(
                                         1000, [](std::size_t i) { return "p" + number(i); }, ", ") +
                                     "]}\n" + each_of(1000, [](std::size_t i) {
                                       return "  s" + number(i) + ": {extends: b}\n";
                                     }));
     },
     "cannot judge: services inherit"},
    {"a ring of projects",
     [](MemoryFileSystem& files) {
       for (std::size_t i = 0; i < 500; ++i)
         files.put("p" + number(i) + "/compose.yaml", "include: [../p" + number((i + 1) % 500) +
                                                          "/compose.yaml]\nservices: {b" + number(i) +
                                                          ": {image: 'x:1'}}\n");
     },
     "cannot judge"},
    {"each includes all that follow, with an environment of its own",
     [](MemoryFileSystem& files) {
       constexpr std::size_t count = 60;
       for (std::size_t i = 0; i < count; ++i) {
         const std::string folder = "p" + number(i);
         files.put(folder + "/.env", "A" + number(i) + "=1\n");
         files.put(folder + "/compose.yaml",
                   (i + 1 == count
                        ? std::string()
                        : "include: [" +
                              each_of(
                                  count - i - 1,
                                  [&](std::size_t j) { return "../p" + number(i + j + 1) + "/compose.yaml"; },
                                  ", ") +
                              "]\n") +
                       "services: {b" + number(i) + ": {image: 'x:1'}}\n");
       }
     },
     "cannot judge"},
    {"each included twice, with two environments",
     [](MemoryFileSystem& files) {
       files.put("x.env", "A=1\n");
       files.put("y.env", "A=2\n");
       files.put("compose.yaml", "include: [d0.yaml]\n");
       for (std::size_t i = 0; i < 30; ++i) {
         const std::string next = "d" + number(i + 1) + ".yaml";
         files.put("d" + number(i) + ".yaml",
                   "include: [{path: " + next + ", env_file: x.env}, {path: " + next +
                       ", env_file: y.env}]\nservices: {s" + number(i) + ": {image: \"r:$A\"}}\n");
       }
       files.put("d30.yaml", "services: {z: {image: \"z:1\"}}\n");
     },
     "this project amounts to too much"},
    {"long names of stages, nearly",
     [](MemoryFileSystem& files) {
       files.put("Dockerfile", each_of(200, [](std::size_t i) {
                                 return "FROM alpine:3 AS s" + std::string(50, 'x') + number(i) + "\n";
                               }) + each_of(1500, [](std::size_t i) {
                                 return "COPY --from=s" + std::string(48, 'x') + "y" + number(i) + " /a /b\n";
                               }));
     }},
    {"a template that mentions nothing but values",
     [](MemoryFileSystem& files) {
       files.put("Chart.yaml", "name: a\nversion: 1.0.0\n");
       files.put("values.yaml", "image:\n  repository: reg.example.com/x\n");
       files.put("templates/d.yaml",
                 "{{ " + each_of(100'000, [](std::size_t) { return ".Values."; }) + " }}\n");
     }},
    {"steps that log in beside a long environment",
     [](MemoryFileSystem& files) {
       files.put(
           ".github/workflows/ci.yml",
           "on: push\nenv:\n" + each_of(15'000, [](std::size_t i) { return "  A" + number(i) + ": x\n"; }) +
               "  B: ghcr.io\njobs:\n  a:\n    runs-on: x\n    steps:\n" + each_of(15'000, [](std::size_t) {
                 return "      - {uses: docker/login-action@v3, with: {registry: \"${{ env.B }}\"}}\n";
               }));
     }},
};

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IMGLINT_SANITIZED
#endif
#endif

TEST(HostileProjects, EndSoon) {
#if defined(IMGLINT_SANITIZED) || defined(__SANITIZE_ADDRESS__)
  constexpr double most = 25;  // everything takes ten times as long, and the machine has other things to do
#else
  constexpr double most = 3;
#endif
  for (const Case& test : cases) {
    SCOPED_TRACE(test.name);
    MemoryFileSystem files;
    test.make(files);
    const std::clock_t begin = std::clock();
    const ProgramRun run = run_program_in(files, {"check", "."});
    EXPECT_LE(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, most);
    if (test.told.empty()) continue;
    EXPECT_NE((run.out + run.err).find(test.told), std::string::npos) << (run.out + run.err).substr(0, 2000);
  }
}

}  // namespace
}  // namespace imglint::test
