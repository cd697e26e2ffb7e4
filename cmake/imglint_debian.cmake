# The Debian package: cpack -G DEB in a Release tree configured with CMAKE_INSTALL_PREFIX=/usr and built whole. Needs
# dpkg-dev, which finds the packages it depends on.
set(CPACK_PACKAGE_NAME imglint)
set(CPACK_PACKAGE_CONTACT "The imglint authors <imglint@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "lint and move container image references")
set(CPACK_PACKAGE_DESCRIPTION
"imglint knows every place where a reference to a container image stands in
Dockerfiles, compose files, manifests and pipelines. It reports what breaks a
team's policy, repairs it in place, and moves a repository from one registry to
another without touching any other byte.
It reads variables, anchors and build stages as the container tools do, writes
reports for people and for pipelines, and has a language server for editors.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program)
if(IMGLINT_ONLINE)
  list(APPEND CPACK_COMPONENTS_ALL online)
endif()
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME imglint)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
set(CPACK_DEBIAN_PROGRAM_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS imglint-online)
set(CPACK_DEBIAN_ONLINE_PACKAGE_NAME imglint-online)
set(CPACK_DEBIAN_ONLINE_PACKAGE_DEPENDS "imglint (= ${PROJECT_VERSION}), libcurl4 (>= 7.85)")
set(CPACK_DEBIAN_ONLINE_FILE_NAME DEB-DEFAULT)
set(CPACK_COMPONENT_ONLINE_DESCRIPTION
"asks container registries for imglint
imglint itself opens no connection. This helper does, for its commands pin,
verify and mirror: it asks registries which digest a tag has and whether images
are there, with the credentials of docker and of the containers tools.")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                WORLD_READ WORLD_EXECUTE)
include(CPack)
