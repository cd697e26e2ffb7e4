# Compiler options of the project, and imglint_module(): one static library for each folder.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_library(imglint_options INTERFACE)
target_compile_features(imglint_options INTERFACE cxx_std_20)
target_compile_options(imglint_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                                                 -Wno-missing-field-initializers)
if(IMGLINT_WERROR)
  target_compile_options(imglint_options INTERFACE -Werror)
endif()
target_compile_definitions(imglint_options INTERFACE _GLIBCXX_ASSERTIONS)
if(IMGLINT_SANITIZE)
  target_compile_options(imglint_options INTERFACE -fsanitize=${IMGLINT_SANITIZE} -fno-sanitize-recover=all
                                                   -fno-omit-frame-pointer)
  # At a fixed address there is nothing to relocate, which took half of each start; the tests start it often.
  set(is_fixed $<AND:$<NOT:$<PLATFORM_ID:Darwin>>,$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>>)
  target_link_options(imglint_options INTERFACE -fsanitize=${IMGLINT_SANITIZE} $<${is_fixed}:-no-pie>)
endif()
if(IMGLINT_FUZZ)
  target_compile_options(imglint_options INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(imglint_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Release: small, and quick to start. -O2 comes after CMake's own -O3 and wins.
target_compile_options(imglint_options INTERFACE $<$<CONFIG:Release>:-O2> $<$<CONFIG:Release,MinSizeRel>:-ffunction-sections>
                                                 $<$<CONFIG:Release,MinSizeRel>:-fdata-sections>)
# GCC inlines less in large sources, which those compiled together are: 6 % more instructions for a move without this.
target_compile_options(imglint_options INTERFACE
                       $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:--param=large-unit-insns=60000>)
# Harder to exploit, should there be a memory error in spite of all; tests/hardening.sh looks at the result.
if(NOT IMGLINT_SANITIZE AND NOT EMSCRIPTEN)
  target_compile_options(imglint_options INTERFACE $<$<CONFIG:Release,MinSizeRel>:-fPIE> $<$<CONFIG:Release,MinSizeRel>:-fstack-protector-strong>
                                                   $<$<CONFIG:Release,MinSizeRel>:-U_FORTIFY_SOURCE>
                                                   $<$<CONFIG:Release,MinSizeRel>:-D_FORTIFY_SOURCE=3>)
endif()
if(NOT APPLE AND NOT EMSCRIPTEN)
  set(wholly_static $<BOOL:$<TARGET_PROPERTY:IMGLINT_WHOLLY_STATIC>>) # a property of the program
  target_link_options(imglint_options INTERFACE
                      $<$<CONFIG:Release,MinSizeRel>:-Wl,--gc-sections> $<$<CONFIG:Release,MinSizeRel>:-Wl,-z,relro,-z,now>
                      $<${wholly_static}:-static-pie> $<$<AND:$<CONFIG:Release,MinSizeRel>,$<NOT:${wholly_static}>>:-pie>)
  if(IMGLINT_STATIC)
    target_link_options(imglint_options INTERFACE $<$<NOT:${wholly_static}>:-static-libstdc++>
                                                  $<$<NOT:${wholly_static}>:-static-libgcc>)
  endif()
endif()

# Headers that most files read are read once for all of a target: a third of a build is spent on them. No source may rely
# on it; the preset tidy builds without.
set(imglint_precompiled <algorithm> <array> <charconv> <cstdint> <functional> <map> <memory> <optional> <set>
                        <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)

# Sources of a module are compiled together, ten at a time: a whole build takes half the time, and one changed file a
# little longer. No source may rely on it; the preset tidy builds without. Those that have names in common by design
# (each rule, kind and report format, and what reads with a grammar) stand alone.
option(IMGLINT_UNITY "Compile the sources of a module together" ON)
set(imglint_alone "/rules/[a-z-]+\\.cpp$|/kind\\.cpp$|/reports/|/options_[a-z]+\\.cpp$")
function(imglint_unite target)
  if(NOT IMGLINT_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    file(STRINGS "${source}" grammar REGEX "#include \"grammar/" LIMIT_COUNT 1)
    if(grammar OR source MATCHES "${imglint_alone}")
      set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
endfunction()

# The tests link all modules as one shared library (tests/CMakeLists.txt), but where the code is to be as people get it.
if(BUILD_TESTING AND NOT IMGLINT_FUZZ AND NOT APPLE AND NOT CMAKE_BUILD_TYPE MATCHES "^(Release|MinSizeRel)$")
  set(IMGLINT_TESTS_SHARE ON)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  # Else each call between functions of one source would go through a table.
  target_compile_options(imglint_options INTERFACE -fno-semantic-interposition)
else()
  set(IMGLINT_TESTS_SHARE OFF)
endif()

# Of modules whose code runs a few times in a run, not for each file. In a release they are compiled as all others: of
# what two modules make of a template the linker takes either, and all would run the slower one.
add_library(imglint_seldom INTERFACE)
target_compile_options(imglint_seldom INTERFACE $<$<BOOL:${IMGLINT_TESTS_SHARE}>:-O0>)

# imglint_precompile(<target> [<header>...]): these headers, once for all targets that want the same, compiled alike.
function(imglint_precompile target)
  set(seldom OFF)
  if(IMGLINT_TESTS_SHARE) # elsewhere all modules are compiled alike
    get_target_property(seldom ${target} IMGLINT_SELDOM)
  endif()
  string(MAKE_C_IDENTIFIER "IMGLINT_PRECOMPILED_${seldom}_${ARGN}" key)
  get_property(owner GLOBAL PROPERTY ${key})
  if(owner)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  else()
    target_precompile_headers(${target} PRIVATE ${imglint_precompiled} ${ARGN})
    set_property(GLOBAL PROPERTY ${key} ${target})
  endif()
endfunction()

# imglint_module(<name> <folder> [SELDOM] [LINKS <module>...] [PRIVATE <target>...] [PRECOMPILED <header>...]
#                [ONLY_FOR <regex>] [EXCEPT <regex>])
# All *.cpp of the folder and of the folders in it, less those whose paths match EXCEPT; a new file needs no other line.
# SELDOM: its code runs a few times in a run, not for each file: for tests it is compiled without optimisation, in half the
# time. Files without a line that matches ONLY_FOR do without the precompiled headers.
function(imglint_module name folder)
  cmake_parse_arguments(arg "SELDOM" "" "LINKS;PRIVATE;PRECOMPILED;ONLY_FOR;EXCEPT" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp"
       "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*/*.cpp")
  if(arg_EXCEPT)
    list(FILTER sources EXCLUDE REGEX "${arg_EXCEPT}")
  endif()
  list(TRANSFORM arg_LINKS PREPEND imglint_)
  list(TRANSFORM arg_PRIVATE REPLACE ".+" "$<BUILD_INTERFACE:\\0>") # what is installed has no need of them
  set(includes "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/src>" "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}>"
               "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/imglint>")
  if(sources)
    add_library(imglint_${name} STATIC ${sources})
    target_include_directories(imglint_${name} PUBLIC ${includes})
    target_link_libraries(imglint_${name} PUBLIC ${arg_LINKS}
                                          PRIVATE $<BUILD_INTERFACE:imglint_options> ${arg_PRIVATE})
    target_compile_features(imglint_${name} PUBLIC cxx_std_20)
    imglint_unite(imglint_${name})
    set_target_properties(imglint_${name} PROPERTIES EXPORT_NAME ${name})
    set_property(GLOBAL APPEND PROPERTY IMGLINT_MODULES imglint_${name})
    set_target_properties(imglint_${name} PROPERTIES IMGLINT_SELDOM ${arg_SELDOM})
    if(arg_SELDOM)
      target_link_libraries(imglint_${name} PRIVATE $<BUILD_INTERFACE:imglint_seldom>)
    endif()
    imglint_precompile(imglint_${name} ${arg_PRECOMPILED})
    if(arg_ONLY_FOR)
      foreach(source IN LISTS sources)
        file(STRINGS "${source}" fitting REGEX "${arg_ONLY_FOR}" LIMIT_COUNT 1)
        if(NOT fitting)
          set_source_files_properties("${source}" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
        endif()
      endforeach()
    endif()
  else()
    add_library(imglint_${name} INTERFACE)
    target_include_directories(imglint_${name} INTERFACE ${includes})
    target_link_libraries(imglint_${name} INTERFACE ${arg_LINKS})
  endif()
endfunction()
