;;; imglint-lsp-mode.el --- imglint in Emacs with lsp-mode -*- lexical-binding: t; -*-
;; Load this file; then M-x lsp, or add `lsp-deferred' to the hooks of dockerfile-mode and yaml-mode.
(require 'lsp-mode)

(defvar imglint-program "imglint" "The program that serves.")

(defun imglint-file-p (file _mode)
  "Whether FILE is named like a Dockerfile, or like YAML, which the server leaves alone if it is no file of its own."
  (let ((case-fold-search t))
    (and file
         (string-match-p "\\`\\(docker\\|container\\)file\\|\\.\\(docker\\|container\\)file\\'\\|\\.ya?ml\\'"
                         (file-name-nondirectory file)))))

(add-to-list 'lsp-language-id-configuration '(dockerfile-mode . "dockerfile"))
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection (lambda () (list imglint-program "lsp")))
                  :activation-fn #'imglint-file-p
                  :add-on? t
                  :server-id 'imglint
                  :initialization-options (lambda () (list :inlayHints "variables"))))

(provide 'imglint-lsp-mode)
;;; imglint-lsp-mode.el ends here
