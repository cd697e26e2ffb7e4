# The packages imglint needs. Missing ones end in one message with a line to paste. Other targets of the project
# name the libraries by the names given here, so that this is the only file that knows how they are found.

# imglint_find(<CMake package> <Debian package> <Homebrew formula>): remembers what is missing.
macro(imglint_find package debian homebrew)
  find_package(${package} QUIET)
  if(NOT ${package}_FOUND)
    list(APPEND imglint_missing ${package})
    list(APPEND imglint_missing_debian ${debian})
    list(APPEND imglint_missing_homebrew ${homebrew})
  endif()
endmacro()

imglint_find(yaml-cpp libyaml-cpp-dev yaml-cpp)
imglint_find(pegtl tao-pegtl-dev pegtl)
imglint_find(CLI11 libcli11-dev cli11)
imglint_find(nlohmann_json nlohmann-json3-dev nlohmann-json)
# Debian's RE2 has no CMake package.
find_package(re2 CONFIG QUIET)
if(NOT re2_FOUND)
  find_path(IMGLINT_RE2_INCLUDE re2/re2.h)
  if(IMGLINT_STATIC)
    find_library(IMGLINT_RE2_LIBRARY NAMES libre2.a re2)
  else()
    find_library(IMGLINT_RE2_LIBRARY NAMES re2)
  endif()
  mark_as_advanced(IMGLINT_RE2_INCLUDE IMGLINT_RE2_LIBRARY)
  if(NOT IMGLINT_RE2_INCLUDE OR NOT IMGLINT_RE2_LIBRARY)
    list(APPEND imglint_missing re2)
    list(APPEND imglint_missing_debian libre2-dev)
    list(APPEND imglint_missing_homebrew re2)
  endif()
endif()
# What imglint-online alone links: HTTP, the hashes of manifests, and who may share credentials.
if(IMGLINT_ONLINE)
  imglint_find(CURL libcurl4-openssl-dev curl)
  imglint_find(OpenSSL libssl-dev openssl@3)
  find_path(IMGLINT_PSL_INCLUDE libpsl.h)
  find_library(IMGLINT_PSL_LIBRARY NAMES psl)
  mark_as_advanced(IMGLINT_PSL_INCLUDE IMGLINT_PSL_LIBRARY)
  if(NOT IMGLINT_PSL_INCLUDE OR NOT IMGLINT_PSL_LIBRARY)
    list(APPEND imglint_missing libpsl)
    list(APPEND imglint_missing_debian libpsl-dev)
    list(APPEND imglint_missing_homebrew libpsl)
  endif()
endif()
if(BUILD_TESTING)
  imglint_find(tomlplusplus libtomlplusplus-dev tomlplusplus)
  imglint_find(GTest "libgtest-dev;libgmock-dev" googletest) # the tests use GoogleMock's matchers
  find_package(benchmark QUIET) # not needed: only tests/bench uses it
endif()

if(imglint_missing)
  list(JOIN imglint_missing ", " names)
  list(JOIN imglint_missing_debian " " debian)
  list(JOIN imglint_missing_homebrew " " homebrew)
  message(FATAL_ERROR "not found: ${names}. Install what is missing, then run this again:\n"
                      "  Debian, Ubuntu:  apt-get install -y --no-install-recommends ${debian}\n"
                      "  Homebrew:        brew install ${homebrew}\n")
endif()
find_package(Threads REQUIRED)

# yaml-cpp's CMake package names only the shared library; the archive beside it makes the program start faster.
add_library(imglint_yaml_cpp INTERFACE)
if(TARGET yaml-cpp::yaml-cpp)
  set(yaml_cpp yaml-cpp::yaml-cpp)
else()
  set(yaml_cpp yaml-cpp) # its name before 0.8
endif()
if(IMGLINT_STATIC)
  find_library(IMGLINT_YAML_ARCHIVE NAMES libyaml-cpp.a)
  mark_as_advanced(IMGLINT_YAML_ARCHIVE)
endif()
if(IMGLINT_STATIC AND IMGLINT_YAML_ARCHIVE)
  target_link_libraries(imglint_yaml_cpp INTERFACE "${IMGLINT_YAML_ARCHIVE}")
  target_include_directories(imglint_yaml_cpp SYSTEM INTERFACE $<TARGET_PROPERTY:${yaml_cpp},INTERFACE_INCLUDE_DIRECTORIES>)
  target_compile_definitions(imglint_yaml_cpp INTERFACE YAML_CPP_STATIC_DEFINE)
else()
  target_link_libraries(imglint_yaml_cpp INTERFACE ${yaml_cpp})
endif()

# The archive of RE2 too: nothing of it runs before a configuration has a regular expression.
add_library(imglint_re2 INTERFACE)
if(re2_FOUND)
  target_link_libraries(imglint_re2 INTERFACE re2::re2)
else()
  target_include_directories(imglint_re2 SYSTEM INTERFACE "${IMGLINT_RE2_INCLUDE}")
  target_link_libraries(imglint_re2 INTERFACE "${IMGLINT_RE2_LIBRARY}" Threads::Threads)
endif()

# toml++ as headers alone: one more shared library would slow the start of every run for a file few people have. The
# program builds without it too, and then says so when it meets a registries.conf.
add_library(imglint_toml INTERFACE)
find_package(tomlplusplus QUIET)
if(tomlplusplus_FOUND)
  target_include_directories(imglint_toml SYSTEM
                             INTERFACE $<TARGET_PROPERTY:tomlplusplus::tomlplusplus,INTERFACE_INCLUDE_DIRECTORIES>)
else()
  message(STATUS "toml++ was not found: imglint will not read registries.conf (Debian: libtomlplusplus-dev)")
  target_compile_definitions(imglint_toml INTERFACE IMGLINT_WITHOUT_TOML)
endif()

if(IMGLINT_ONLINE)
  add_library(imglint_network INTERFACE)
  target_include_directories(imglint_network SYSTEM INTERFACE "${IMGLINT_PSL_INCLUDE}")
  target_link_libraries(imglint_network INTERFACE CURL::libcurl OpenSSL::SSL OpenSSL::Crypto "${IMGLINT_PSL_LIBRARY}")
endif()
