# The page for browsers, compiled with emscripten (packaging/playground/build): a few commands of the program, and nothing of what
# only the others need.
set(IMGLINT_WITHOUT_OUTPUT "/src/output/(merged/|pages/(config|first_config|kinds))")
set(IMGLINT_WITHOUT_LSP "/src/lsp/")
set(IMGLINT_WITHOUT_CLI
    "/src/cli/(all_commands|completions|manual_page)|/commands/(config|init|kinds|list|lsp|merge[a-z_]*|parse|rules)\\.cpp"
    "/registries/(mirror|outdated|pin[a-z_]*|platform_pins|verify)\\.cpp")
list(JOIN IMGLINT_WITHOUT_CLI "|" IMGLINT_WITHOUT_CLI)

# imglint_playground_program(): imglint_playground.wasm. It asks the page for nothing but the time.
function(imglint_playground_program)
  add_executable(imglint_playground_program src/playground_main.cpp)
  target_link_libraries(imglint_playground_program PRIVATE imglint_playground imglint_options)
  set_target_properties(imglint_playground_program PROPERTIES OUTPUT_NAME imglint SUFFIX .wasm)
  target_link_options(imglint_playground_program PRIVATE
                      -sSTANDALONE_WASM --no-entry -sEXPORTED_FUNCTIONS=_imglint_answer,_malloc,_free
                      -sALLOW_MEMORY_GROWTH -sTOTAL_STACK=8MB)
endfunction()
