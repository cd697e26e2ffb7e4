;;; imglint-eglot.el --- imglint in Emacs with eglot -*- lexical-binding: t; -*-
;; Load this file, then M-x eglot in a Dockerfile or a compose file, or add `eglot-ensure' to the hooks of their modes.
(require 'eglot)

(defvar imglint-program "imglint" "The program that serves.")

(add-to-list 'eglot-server-programs
             (cons '(dockerfile-mode dockerfile-ts-mode yaml-mode yaml-ts-mode)
                   (lambda (&rest _) (list imglint-program "lsp"))))

;; Settings, if you want any:
;; (setq-default eglot-workspace-configuration '(:imglint (:moveTargets ["ghcr.io/acme"])))

(provide 'imglint-eglot)
;;; imglint-eglot.el ends here
