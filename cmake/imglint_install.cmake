# What is installed, and the packages made of it: cpack -G DEB or TGZ in a Release tree configured with
# CMAKE_INSTALL_PREFIX=/usr.
option(IMGLINT_INSTALL_EXTRAS "Install the manual page and completions, made by running the built program" ON)
install(TARGETS imglint RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# imglint_extra(<file> <folder> <words>...): a file that the program prints.
function(imglint_extra file folder)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/extras/${file}")
  add_custom_command(OUTPUT "${output}" COMMAND imglint ${ARGN} > "${output}" DEPENDS imglint VERBATIM)
  set_property(TARGET imglint_extras APPEND PROPERTY SOURCES "${output}")
  install(FILES "${output}" DESTINATION "${folder}")
endfunction()

if(IMGLINT_INSTALL_EXTRAS AND NOT CMAKE_CROSSCOMPILING AND NOT BUILD_TESTING)
  file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/extras")
  add_custom_target(imglint_extras ALL)
  imglint_extra(imglint "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" completions bash)
  imglint_extra(_imglint "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" completions zsh)
  imglint_extra(imglint.fish "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" completions fish)
  imglint_extra(imglint.1 "${CMAKE_INSTALL_MANDIR}/man1" man)
endif()
