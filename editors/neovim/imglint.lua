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
  local path = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":p")
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

vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, {
  pattern = {
    "Dockerfile*", "*.Dockerfile", "*.dockerfile", "Containerfile*", "*.Containerfile",
    "*.yaml", "*.yml", "*.json", "Kustomization", -- the server leaves alone what holds no references
  },
  callback = attach,
})
