;;; lsp-mode.el --- Emacs with lsp-mode, without a screen -*- lexical-binding: t; -*-
;; Findings appear, a fix changes the buffer, the code lens counts.  Called by run.sh in a folder of its own.
(package-initialize)
(require 'dockerfile-mode)
(require 'lsp-mode)
(require 'lsp-diagnostics)
(load (expand-file-name "editors/emacs/imglint-lsp-mode.el" (getenv "IMGLINT_SOURCE")))
(setq imglint-program (getenv "IMGLINT_PROGRAM")
      lsp-session-file (expand-file-name "session" "~/")
      lsp-enable-file-watchers nil
      lsp-diagnostics-provider :none
      lsp-enabled-clients '(imglint)
      lsp-warn-no-matched-clients nil)

(defun fail (format-string &rest arguments)
  (princ (concat "lsp-mode: " (apply #'format format-string arguments) "\n") #'external-debugging-output)
  (kill-emacs 1))

(defun findings ()
  (mapconcat (lambda (one) (format "%d:%s" (lsp:position-line (lsp:range-start (lsp:diagnostic-range one)))
                                   (lsp:diagnostic-code? one)))
             (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics)) ", "))

(defun wait-for (expected)
  (let ((end (+ (float-time) 20)))
    (while (and (not (equal (findings) expected)) (< (float-time) end)) (accept-process-output nil 0.1))
    (unless (equal (findings) expected) (fail "expected '%s', got '%s'" expected (findings)))))

(find-file "Dockerfile")
(lsp-workspace-folders-add (directory-file-name default-directory))
(dockerfile-mode)
(lsp)
(wait-for "0:latest-tag, 2:redundant-registry, 3:missing-tag")

(goto-char (point-min))
(forward-line 2)
(search-forward "docker.io")
(let ((action (seq-find (lambda (one) (lsp:code-action-is-preferred? one)) (lsp-code-actions-at-point))))
  (unless action (fail "no preferred fix"))
  (lsp-execute-code-action action))
(forward-line 0)
(unless (looking-at "FROM nginx:1.27 AS web$") (fail "after the fix: %s" (buffer-string)))
(wait-for "0:latest-tag, 3:missing-tag")

(let ((lens (lsp-request "textDocument/codeLens" (list :textDocument (lsp--text-document-identifier)))))
  (unless (equal (lsp:command-title (lsp:code-lens-command? (seq-elt lens 0))) "3 images, 3 without a digest")
    (fail "code lens: %S" lens)))

(princ "lsp-mode: ok\n")
(set-buffer-modified-p nil)
(kill-emacs 0)
;;; lsp-mode.el ends here
