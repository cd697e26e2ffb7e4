" imglint in Vim with ALE: put this file into ~/.vim/plugin/, behind ALE.
let g:imglint_program = get(g:, 'imglint_program', 'imglint')

function! ImglintRoot(buffer) abort
  let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
  return !empty(l:git) ? fnamemodify(l:git, ':h:h') : expand('#' . a:buffer . ':p:h')
endfunction

for s:type in ['dockerfile', 'yaml']
  call ale#linter#Define(s:type, {
  \   'name': 'imglint',
  \   'lsp': 'stdio',
  \   'executable': {buffer -> g:imglint_program},
  \   'command': '%e lsp',
  \   'project_root': function('ImglintRoot'),
  \   'initialization_options': {},
  \})
endfor
" ALEHover, ALECodeAction and ALERename then work on images.
