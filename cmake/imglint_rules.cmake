# imglint_rule_index(): the catalogue, made from the names of the files in rules/. A file without its constant
# is a link error.
function(imglint_rule_index)
  file(GLOB rule_files CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/rules"
       "${CMAKE_CURRENT_SOURCE_DIR}/rules/*.cpp")
  list(TRANSFORM rule_files REPLACE "\\.cpp$" "" OUTPUT_VARIABLE names)
  list(SORT names)
  set(RULE_DECLARATIONS "")
  set(RULE_ADDRESSES "")
  set(RULE_INFO_ADDRESSES "")
  foreach(name IN LISTS names)
    string(REPLACE "-" "_" constant "${name}")
    string(APPEND RULE_DECLARATIONS "extern const Rule ${constant};\n")
    string(APPEND RULE_ADDRESSES "    &rules::${constant},\n")
    string(APPEND RULE_INFO_ADDRESSES "    &rules::${constant}.info,\n")
  endforeach()
  configure_file("${CMAKE_CURRENT_SOURCE_DIR}/rules/support/index.cpp.in"
                 "${CMAKE_CURRENT_BINARY_DIR}/generated/rules/index.cpp" @ONLY)

  target_sources(imglint_rules PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/generated/rules/index.cpp")
endfunction()
