# The packages the program needs. A missing one ends in a line to paste.
set(IMGLINT_APT "libyaml-cpp-dev tao-pegtl-dev libcli11-dev nlohmann-json3-dev")
if(BUILD_TESTING)
  string(APPEND IMGLINT_APT " libgtest-dev libgmock-dev libbenchmark-dev")
endif()

function(imglint_find package)
  find_package(${package} QUIET)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${package} was not found. Install what imglint needs:\n"
                        "  Debian, Ubuntu:  apt-get install ${IMGLINT_APT}\n"
                        "  Homebrew:        brew install yaml-cpp pegtl cli11 nlohmann-json googletest google-benchmark\n")
  endif()
endfunction()

imglint_find(yaml-cpp)
imglint_find(pegtl)
imglint_find(CLI11)
imglint_find(nlohmann_json)
find_package(Threads REQUIRED)
if(BUILD_TESTING)
  imglint_find(GTest)
endif()
