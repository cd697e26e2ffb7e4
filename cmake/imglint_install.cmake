# What is installed: the program with its manual page and completions (component program), the libraries below the
# command line with their headers for find_package(imglint) (component development); and the packages made of it.
option(IMGLINT_INSTALL_EXTRAS "Install the manual page and completions, made by running the built program" ON)
install(TARGETS imglint RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)

# The helper that asks registries: a package of its own, which brings libcurl.
if(IMGLINT_ONLINE)
  install(TARGETS imglint-online RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/imglint COMPONENT online)
endif()

# The program in one file that runs on any Linux of its architecture: container images, npm, downloads.
add_executable(imglint_static EXCLUDE_FROM_ALL src/main.cpp)
set_target_properties(imglint_static PROPERTIES OUTPUT_NAME imglint-static IMGLINT_WHOLLY_STATIC ON)
target_link_libraries(imglint_static PRIVATE imglint_cli imglint_options)
target_link_options(imglint_static PRIVATE -s)
# It brings its own loader, so that any system can take the short form of its relocations.
include(CheckLinkerFlag)
check_linker_flag(CXX -Wl,-z,pack-relative-relocs IMGLINT_SHORT_RELOCATIONS)
if(IMGLINT_SHORT_RELOCATIONS)
  target_link_options(imglint_static PRIVATE -Wl,-z,pack-relative-relocs)
endif()

# imglint_extra(<folder> <file> <command>...): a file made by a command that prints it; not there if only the target
# imglint was built. The command's words may name the target imglint.
function(imglint_extra folder file)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/extras/${file}")
  add_custom_command(OUTPUT "${output}" COMMAND ${ARGN} > "${output}" DEPENDS imglint VERBATIM)
  set_property(TARGET imglint_extras APPEND PROPERTY SOURCES "${output}")
  install(FILES "${output}" DESTINATION "${folder}" COMPONENT program OPTIONAL)
endfunction()

if(IMGLINT_INSTALL_EXTRAS AND NOT CMAKE_CROSSCOMPILING AND NOT BUILD_TESTING)
  file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/extras")
  add_custom_target(imglint_extras ALL)
  set(data ${CMAKE_INSTALL_DATADIR})
  imglint_extra(${data}/bash-completion/completions imglint imglint completions bash)
  imglint_extra(${data}/fish/vendor_completions.d imglint.fish imglint completions fish)
  if(CMAKE_INSTALL_PREFIX STREQUAL "/usr") # a package of Debian's: other folders, and compressed without a time
    imglint_extra(${data}/zsh/vendor-completions _imglint imglint completions zsh)
    imglint_extra(${CMAKE_INSTALL_MANDIR}/man1 imglint.1.gz sh -c "$<TARGET_FILE:imglint> man | gzip -9n")
    set(debian "${CMAKE_CURRENT_SOURCE_DIR}/packaging/debian")
    imglint_extra(${data}/doc/imglint changelog.gz gzip -9nc "${debian}/changelog")
    install(FILES "${debian}/copyright" THIRD_PARTY.md DESTINATION ${data}/doc/imglint COMPONENT program)
    if(IMGLINT_ONLINE)
      install(FILES "${debian}/copyright" DESTINATION ${data}/doc/imglint-online COMPONENT online)
      install(FILES "${CMAKE_CURRENT_BINARY_DIR}/extras/changelog.gz" DESTINATION ${data}/doc/imglint-online
              COMPONENT online OPTIONAL)
    endif()
  else()
    install(FILES LICENSE THIRD_PARTY.md DESTINATION ${data}/doc/imglint COMPONENT program)
    imglint_extra(${data}/zsh/site-functions _imglint imglint completions zsh)
    imglint_extra(${CMAKE_INSTALL_MANDIR}/man1 imglint.1 imglint man)
  endif()
endif()

# The libraries are there if everything was built, and then only where no sanitizer is in them.
if(NOT BUILD_TESTING AND NOT IMGLINT_SANITIZE AND NOT IMGLINT_FUZZ)
  set(modules base source edit reference registry model tree yaml jsonc hcl expansion kinds policy config move project check retarget pin output)
  set(libraries ${modules} rules)
  list(TRANSFORM libraries PREPEND imglint_)
  install(TARGETS ${libraries} EXPORT imglint ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
  set(headers ${CMAKE_INSTALL_INCLUDEDIR}/imglint)
  foreach(module IN LISTS modules)
    install(DIRECTORY src/${module} DESTINATION ${headers} COMPONENT development FILES_MATCHING PATTERN "*.hpp")
  endforeach()
  install(DIRECTORY rules DESTINATION ${headers} COMPONENT development FILES_MATCHING PATTERN "*.hpp")
  install(FILES "${CMAKE_CURRENT_BINARY_DIR}/generated/base/version.hpp" DESTINATION ${headers}/base
          COMPONENT development)

  include(CMakePackageConfigHelpers)
  set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/imglint)
  install(EXPORT imglint NAMESPACE imglint:: FILE imglint-targets.cmake DESTINATION ${package_folder}
          COMPONENT development)
  configure_package_config_file(cmake/imglint-config.cmake.in imglint-config.cmake
                                INSTALL_DESTINATION ${package_folder})
  write_basic_package_version_file(imglint-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES "${CMAKE_CURRENT_BINARY_DIR}/imglint-config.cmake"
                "${CMAKE_CURRENT_BINARY_DIR}/imglint-config-version.cmake"
          DESTINATION ${package_folder} COMPONENT development)
endif()
include(imglint_debian)
