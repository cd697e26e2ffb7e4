" Vim with ALE, without a screen: findings are listed, a fix changes the buffer. Called by run.sh in a folder of its own.
set nocompatible nomore
let &runtimepath .= ',/usr/share/vim-ale,/usr/share/vim/vimfiles/pack/dist-bundle/start/ale'
silent! packadd ale
let g:imglint_program = $IMGLINT_PROGRAM
let g:ale_linters = {'dockerfile': ['imglint']}
let g:ale_sign_column_always = 1
filetype plugin indent on
runtime plugin/ale.vim
execute 'source ' . $IMGLINT_SOURCE . '/editors/vim/imglint.vim'

function! Fail(what) abort
  call writefile(['ale: ' . a:what], '/dev/stderr')
  cquit
endfunction

function! Findings() abort
  return join(map(copy(getloclist(0)), {_, one -> one.lnum . ':' . one.col . ' ' . one.text}), ', ')
endfunction

function! WaitFor(pattern) abort
  for _ in range(200)
    if Findings() =~# a:pattern | return | endif
    sleep 100m
  endfor
  call Fail('expected ' . a:pattern . ', got ' . Findings())
endfunction

edit Dockerfile
set filetype=dockerfile
ALELint
call WaitFor("1:9 .*latest.*, 3:6 .*short name.*, 4:6 .*no tag")
call setline(4, 'FROM redis:7.4')
ALELint
call WaitFor('^[^,]*1:9 .*, 3:6 [^,]*$')
call writefile(['ale: ok'], '/dev/stdout')
qall!
