;;; imglint-lsp-mode.el --- imglint in Emacs with lsp-mode -*- lexical-binding: t; -*-
;; Load this file; then M-x lsp, or add `lsp-deferred' to the hooks of dockerfile-mode and yaml-mode.
(require 'lsp-mode)

(defvar imglint-program "imglint" "The program that serves.")

;; Made from the kinds of file by tests/kind_pages_test.cpp.
(defconst imglint-names
  '("\\(?:\\`\\|/\\)\\(\\.azure\\|azure\\)-pipeline[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\(\\.azure\\|azure\\)\\(-\\|\\)pipeline\\(s\\|\\)/\\([^/]*/\\)*[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\.azuredevops/\\([^/]*/\\)*[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)docker-bake\\.\\(hcl\\|json\\)\\'"
    "\\(?:\\`\\|/\\)docker-bake[.-][^/]*\\.\\(hcl\\|json\\)\\'"
    "\\(?:\\`\\|/\\)bitbucket-pipelines\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\.buildkite/\\([^/]*/\\)*[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\.circleci/\\([^/]*/\\)*[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)[^/]*cloudbuild[^/]*\\.\\(yml\\|yaml\\|json\\)\\'"
    "\\(?:\\`\\|/\\)\\.cloudbuild/\\([^/]*/\\)*[^/]*\\.\\(yml\\|yaml\\|json\\)\\'"
    "\\(?:\\`\\|/\\)\\(compose\\|docker-compose\\)\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\(compose\\|docker-compose\\)[._-][^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)[^/][^/]*-compose\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\(stack\\|docker-stack\\)\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\(compose\\|docker-compose\\)\\.\\(yml\\|yaml\\)\\.\\(j2\\|jinja\\|jinja2\\|tmpl\\|tpl\\|template\\|erb\\|in\\)\\'"
    "\\(?:\\`\\|/\\)\\(compose\\|docker-compose\\)[._-][^/]*\\.\\(yml\\|yaml\\)\\.\\(j2\\|jinja\\|jinja2\\|tmpl\\|tpl\\|template\\|erb\\|in\\)\\'"
    "\\(?:\\`\\|/\\)\\(docker\\|container\\)file\\.\\(yml\\|yaml\\|json\\)\\'"
    "\\(?:\\`\\|/\\)\\(docker\\|container\\)file[._-][^/]*\\.\\(yml\\|yaml\\|json\\)\\'"
    "\\(?:\\`\\|/\\)\\(\\.devcontainer\\|devcontainer\\)\\.json\\'"
    "\\(?:\\`\\|/\\)\\(docker\\|container\\)file\\'"
    "\\(?:\\`\\|/\\)\\(docker\\|container\\)file[._-][^/]*\\'"
    "\\(?:\\`\\|/\\)[^/][^/]*\\.\\(docker\\|container\\)file\\'"
    "\\(?:\\`\\|/\\)\\.drone\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\.drone\\.[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)action\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\(\\.github\\|\\.gitea\\|\\.forgejo\\)/workflows/[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)workflow-templates/[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\.gitlab-ci\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)[^/]*\\.gitlab-ci\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\(\\.gitlab\\|\\.gitlab-ci\\)/\\([^/]*/\\)*[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\.pre-commit-\\(config\\|hooks\\)\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)[^/]*\\.\\(container\\|image\\|volume\\|build\\|artifact\\)\\'"
    "\\(?:\\`\\|/\\)[^/]*\\.\\(container\\|image\\|volume\\|build\\|artifact\\)\\.d/[^/]*\\.conf\\'"
    "\\(?:\\`\\|/\\)\\.woodpecker\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)\\.woodpecker/\\([^/]*/\\)*[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)chart\\.yaml\\'"
    "\\(?:\\`\\|/\\)[^/]*values[^/]*\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)[^/]*\\.\\(yml\\|yaml\\|json\\)\\'"
    "\\(?:\\`\\|/\\)kustomization\\.\\(yml\\|yaml\\)\\'"
    "\\(?:\\`\\|/\\)kustomization\\'")
  "Paths of files that may hold references, as regular expressions.")
;; The end of what is made.

(defun imglint-file-p (file _mode)
  "Whether FILE has a name of files that may hold references; the server leaves alone those that do not."
  (let ((case-fold-search t))
    (and file (seq-some (lambda (name) (string-match-p name file)) imglint-names))))

(add-to-list 'lsp-language-id-configuration '(dockerfile-mode . "dockerfile"))
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection (lambda () (list imglint-program "lsp")))
                  :activation-fn #'imglint-file-p
                  :add-on? t
                  :server-id 'imglint
                  :initialization-options (lambda () (list :inlayHints "variables"))))

(provide 'imglint-lsp-mode)
;;; imglint-lsp-mode.el ends here
