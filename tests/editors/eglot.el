;;; eglot.el --- Emacs as people use it, without a screen -*- lexical-binding: t; -*-
;; Findings appear, a fix changes the buffer, a rename too.  Called by run.sh in a folder of its own.
(package-initialize)
(require 'dockerfile-mode)
(require 'flymake)
(load (expand-file-name "editors/emacs/imglint-eglot.el" (getenv "IMGLINT_SOURCE")))
(setq imglint-program (getenv "IMGLINT_PROGRAM")
      eglot-sync-connect 20
      eglot-confirm-server-initiated-edits nil)

(defun fail (format-string &rest arguments)
  (princ (concat "eglot: " (apply #'format format-string arguments) "\n") #'external-debugging-output)
  (kill-emacs 1))

(defun findings ()
  (mapconcat #'identity
             (sort (mapcar (lambda (one)
                             (format "%d:%s" (line-number-at-pos (flymake-diagnostic-beg one))
                                     (buffer-substring-no-properties (flymake-diagnostic-beg one)
                                                                     (flymake-diagnostic-end one))))
                           (flymake-diagnostics))
                   #'string<)
             ", "))

(defun wait-for (expected)
  (let ((end (+ (float-time) 20)))
    (while (and (not (equal (findings) expected)) (< (float-time) end))
      (eglot--signal-textDocument/didChange)  ; which waits for an idle editor
      (flymake-start)
      (accept-process-output nil 0.1))
    (unless (equal (findings) expected) (fail "expected '%s', got '%s'" expected (findings)))))

(defun line (number) (goto-char (point-min)) (forward-line (1- number)))

(find-file "Dockerfile")
(dockerfile-mode)
(apply #'eglot (eglot--guess-contact))
(wait-for "1:latest, 3:docker.io/library/, 4:redis")

;; The preferred fix.
(line 3)
(search-forward "docker.io")
(let* ((actions (eglot-code-actions (point) (point) "quickfix"))
       (action (cl-find-if (lambda (one) (eq t (plist-get one :isPreferred))) actions)))
  (unless action (fail "no preferred fix among %S" actions))
  (eglot--apply-workspace-edit (plist-get action :edit)))
(line 3)
(unless (looking-at "FROM nginx:1.27 AS web$") (fail "after the fix: %s" (buffer-string)))

;; Typing.
(line 4)
(end-of-line)
(insert ":7.4")
(wait-for "1:latest")

;; A rename.
(line 3)
(end-of-line)
(backward-char 1)
(eglot-rename "site")
(unless (string-match-p "--from=site " (buffer-string)) (fail "after the rename: %s" (buffer-string)))

;; A move of the file, as a command that makes the server ask for the edit.
(eglot--signal-textDocument/didChange)
(eglot-execute-command (eglot-current-server) 'imglint.move
                       (vector (list :uri (eglot--path-to-uri buffer-file-name) :scope "file" :to "ghcr.io/acme")))
(let ((end (+ (float-time) 20)))
  (while (and (not (string-match-p "FROM ghcr.io/acme/nginx:1.27 AS site" (buffer-string))) (< (float-time) end))
    (accept-process-output nil 0.1)))
(unless (string-match-p "FROM ghcr.io/acme/nginx:1.27 AS site" (buffer-string))
  (fail "after the move: %s" (buffer-string)))

(princ "eglot: ok\n")
(set-buffer-modified-p nil)
(kill-emacs 0)
;;; eglot.el ends here
