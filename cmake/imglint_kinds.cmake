# imglint_kind_index(): the catalogue of kinds, made from the folders of src/kinds/ that have a kind.cpp. One without its
# constant, which has the folder's name, is a link error.
function(imglint_kind_index)
  file(GLOB kind_files CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/src/kinds"
       "${CMAKE_CURRENT_SOURCE_DIR}/src/kinds/*/kind.cpp")
  list(TRANSFORM kind_files REPLACE "/kind\\.cpp$" "" OUTPUT_VARIABLE constants)
  list(SORT constants)
  set(KIND_DECLARATIONS "")
  set(KIND_ADDRESSES "")
  foreach(constant IN LISTS constants)
    string(APPEND KIND_DECLARATIONS "extern const KindInfo ${constant};\n")
    string(APPEND KIND_ADDRESSES "    &kinds::${constant},\n")
  endforeach()
  configure_file("${CMAKE_CURRENT_SOURCE_DIR}/src/kinds/catalogue.cpp.in"
                 "${CMAKE_CURRENT_BINARY_DIR}/generated/kinds/catalogue.cpp" @ONLY)

  target_sources(imglint_kinds PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/generated/kinds/catalogue.cpp")
endfunction()
