-- imglint in Neovim 0.7 or later: put this file into ~/.config/nvim/plugin/, or the function into your init.lua.
local settings = {
  -- moveTargets = { "ghcr.io/acme" },
  -- inlayHints = "all",
}

local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ":h")
  local marks = { ".imglint.yaml", ".imglint.yml", ".git" }
  local at = folder
  while true do
    for _, mark in ipairs(marks) do
      if vim.loop.fs_stat(at .. "/" .. mark) then return at end
    end
    local above = vim.fn.fnamemodify(at, ":h")
    if above == at then return folder end
    at = above
  end
end

local clients = {} -- by root, for Neovim 0.7

local function attach(event)
  local buffer = event.buf
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" or vim.bo[buffer].buftype ~= "" then return end
  local path = vim.fn.fnamemodify(name, ":p")
  local root = root_of(path)
  local config = {
    name = "imglint",
    cmd = { vim.g.imglint_program or "imglint", "lsp" },
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    init_options = settings,
    on_exit = function() clients[root] = nil end,
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  clients[root] = clients[root] or vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(buffer, clients[root])
end

-- Made from the kinds of file by tests/kind_pages_test.cpp.
local languages = { "dockercompose", "docker-compose", "compose", "dockerfile", "containerfile" }
local names = {
  "\\v\\c(^|/)(\\.azure|azure)-pipeline[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)(\\.azure|azure)(-|)pipeline(s|)/([^/]*/)*[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)\\.azuredevops/([^/]*/)*[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)docker-bake\\.(hcl|json)$",
  "\\v\\c(^|/)docker-bake[.-][^/]*\\.(hcl|json)$",
  "\\v\\c(^|/)bitbucket-pipelines\\.(yml|yaml)$",
  "\\v\\c(^|/)\\.buildkite/([^/]*/)*[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)\\.circleci/([^/]*/)*[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)[^/]*cloudbuild[^/]*\\.(yml|yaml|json)$",
  "\\v\\c(^|/)\\.cloudbuild/([^/]*/)*[^/]*\\.(yml|yaml|json)$",
  "\\v\\c(^|/)(compose|docker-compose)\\.(yml|yaml)$",
  "\\v\\c(^|/)(compose|docker-compose)[._-][^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)[^/][^/]*-compose\\.(yml|yaml)$",
  "\\v\\c(^|/)(stack|docker-stack)\\.(yml|yaml)$",
  "\\v\\c(^|/)(compose|docker-compose)\\.(yml|yaml)\\.(j2|jinja|jinja2|tmpl|tpl|template|erb|in)$",
  "\\v\\c(^|/)(compose|docker-compose)[._-][^/]*\\.(yml|yaml)\\.(j2|jinja|jinja2|tmpl|tpl|template|erb|in)$",
  "\\v\\c(^|/)(docker|container)file\\.(yml|yaml|json)$",
  "\\v\\c(^|/)(docker|container)file[._-][^/]*\\.(yml|yaml|json)$",
  "\\v\\c(^|/)(\\.devcontainer|devcontainer)\\.json$",
  "\\v\\c(^|/)(docker|container)file$",
  "\\v\\c(^|/)(docker|container)file[._-][^/]*$",
  "\\v\\c(^|/)[^/][^/]*\\.(docker|container)file$",
  "\\v\\c(^|/)\\.drone\\.(yml|yaml)$",
  "\\v\\c(^|/)\\.drone\\.[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)action\\.(yml|yaml)$",
  "\\v\\c(^|/)(\\.github|\\.gitea|\\.forgejo)/workflows/[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)workflow-templates/[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)\\.gitlab-ci\\.(yml|yaml)$",
  "\\v\\c(^|/)[^/]*\\.gitlab-ci\\.(yml|yaml)$",
  "\\v\\c(^|/)(\\.gitlab|\\.gitlab-ci)/([^/]*/)*[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)\\.pre-commit-(config|hooks)\\.(yml|yaml)$",
  "\\v\\c(^|/)[^/]*\\.(container|image|volume|build|artifact)$",
  "\\v\\c(^|/)[^/]*\\.(container|image|volume|build|artifact)\\.d/[^/]*\\.conf$",
  "\\v\\c(^|/)\\.woodpecker\\.(yml|yaml)$",
  "\\v\\c(^|/)\\.woodpecker/([^/]*/)*[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)chart\\.yaml$",
  "\\v\\c(^|/)[^/]*values[^/]*\\.(yml|yaml)$",
  "\\v\\c(^|/)[^/]*\\.(yml|yaml|json)$",
  "\\v\\c(^|/)kustomization\\.(yml|yaml)$",
  "\\v\\c(^|/)kustomization$",
}
-- The end of what is made.
local expressions = vim.tbl_map(vim.regex, names)

-- The server leaves alone what holds no references.
local function is_ours(path)
  for _, expression in ipairs(expressions) do
    if expression:match_str(path) then return true end
  end
  return false
end

vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile", "BufFilePost" }, {
  callback = function(event)
    local path = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(event.buf), ":p"):gsub("\\", "/")
    if is_ours(path) then attach(event) end
  end,
})
vim.api.nvim_create_autocmd("FileType", { pattern = languages, callback = attach })
