# Configures the project while some packages cannot be found: one message must name them all, with the lines to paste.
function(expect_message testing absent present)
  set(arguments -S "${SOURCE}" -B "${BINARY}" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
                -DBUILD_TESTING=${testing} -DCMAKE_DISABLE_FIND_PACKAGE_yaml-cpp=ON
                -DCMAKE_DISABLE_FIND_PACKAGE_pegtl=ON -DCMAKE_DISABLE_FIND_PACKAGE_GTest=ON)
  execute_process(COMMAND "${CMAKE_COMMAND}" ${arguments} RESULT_VARIABLE status ERROR_VARIABLE errors OUTPUT_QUIET)
  if(status EQUAL 0)
    message(FATAL_ERROR "configuring succeeded without its packages")
  endif()
  foreach(line IN LISTS present)
    string(FIND "${errors}" "${line}\n" found)
    if(found EQUAL -1)
      message(FATAL_ERROR "expected the line\n${line}\nin\n${errors}")
    endif()
  endforeach()
  foreach(word IN LISTS absent)
    string(FIND "${errors}" "${word}" found)
    if(NOT found EQUAL -1)
      message(FATAL_ERROR "did not expect '${word}' in\n${errors}")
    endif()
  endforeach()
endfunction()

file(REMOVE_RECURSE "${BINARY}")
expect_message(
  OFF "gtest;libcli11-dev"
  "  Debian, Ubuntu:  apt-get install -y --no-install-recommends libyaml-cpp-dev tao-pegtl-dev;  Homebrew:        brew install yaml-cpp pegtl"
)
expect_message(
  ON "libcli11-dev"
  "  Debian, Ubuntu:  apt-get install -y --no-install-recommends libyaml-cpp-dev tao-pegtl-dev libgtest-dev libgmock-dev;  Homebrew:        brew install yaml-cpp pegtl googletest"
)
