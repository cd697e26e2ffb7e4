# imglint in Kakoune with kakoune-lsp: add this to your kakrc, behind `eval %sh{kak-lsp}`.
hook -group imglint global BufSetOption filetype=(?:dockerfile|yaml) %{
    set-option -add buffer lsp_servers %{
        [imglint]
        root_globs = [".imglint.yaml", ".git"]
        command = "imglint"
        args = ["lsp"]
    }
}

# Without a language server, by Kakoune's own :lint.
hook -group imglint-lint global BufSetOption filetype=dockerfile %{
    set-option buffer lintcmd 'imglint check --format compact'
}
