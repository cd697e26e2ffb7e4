-- Neovim as people use it, without a screen: findings appear, a fix changes the buffer, hover and rename work.
-- Called by run.sh in a folder of its own, with the settings of editors/neovim loaded.
local function check(good, what)
  if good then return end
  io.stderr:write("neovim: " .. what .. "\n")
  for _, one in ipairs(vim.diagnostic.get(0)) do
    io.stderr:write(string.format("  %d:%d %s\n", one.lnum, one.col, one.message))
  end
  vim.cmd("cquit 1")
end

local function codes()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local data = one.user_data and one.user_data.lsp or {}
    table.insert(found, one.lnum .. ":" .. one.col .. " " .. tostring(one.code or data.code))
  end
  table.sort(found)
  return table.concat(found, ", ")
end

local function wait_for(expected)
  vim.wait(20000, function() return codes() == expected end, 20)
  check(codes() == expected, "expected '" .. expected .. "', got '" .. codes() .. "'")
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n") end

local function ask(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 10000) or {}) do
    check(not answer.err, method .. ": " .. vim.inspect(answer.err))
    return answer.result
  end
end

local document = { uri = vim.uri_from_bufnr(0) }
wait_for("0:8 latest-tag, 2:5 redundant-registry, 3:5 missing-tag")

-- The preferred fix of a line.
local at = { line = 2, character = 8 }
local actions = ask("textDocument/codeAction", {
  textDocument = document,
  range = { start = at, ["end"] = at },
  context = { diagnostics = {}, only = { "quickfix" } },
})
check(actions and #actions >= 2, "no code actions")
check(actions[1].title == "write the short name", "first action: " .. actions[1].title)
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
check(text():find("\nFROM nginx:1.27 AS web\n", 1, true), "after the fix: " .. text())
wait_for("0:8 latest-tag, 3:5 missing-tag")

-- Typing behind characters of two UTF-16 units, one of them removed with what is written.
vim.api.nvim_buf_set_lines(0, 0, 1, true, { "# 😀😀 é", "ARG TAG=3.20" })
vim.api.nvim_buf_set_text(0, 0, 2, 0, 6, { "" })
vim.api.nvim_buf_set_text(0, 1, 8, 1, 12, { "latest" })
wait_for("1:8 latest-tag, 4:5 missing-tag")

local hover = ask("textDocument/hover", { textDocument = document, position = { line = 2, character = 8 } })
check(hover and hover.contents.value:find("docker.io/library/alpine:latest", 1, true), "hover: " .. vim.inspect(hover))

-- The stage and its use.
local edit = ask("textDocument/rename", { textDocument = document, position = { line = 3, character = 21 }, newName = "site" })
vim.lsp.util.apply_workspace_edit(edit, "utf-16")
check(text():find("AS site\n", 1, true) and text():find("--from=site ", 1, true), "after the rename: " .. text())

-- A comment that silences.
at = { line = 4, character = 6 }
actions = ask("textDocument/codeAction", {
  textDocument = document,
  range = { start = at, ["end"] = at },
  context = { diagnostics = {} },
})
for _, action in ipairs(actions) do
  if action.title == "ignore missing-tag here" then vim.lsp.util.apply_workspace_edit(action.edit, "utf-16") end
end
wait_for("1:8 latest-tag")
check(text():find("# imglint ignore=missing-tag\nFROM redis", 1, true), "after ignoring: " .. text())

vim.cmd("silent write")

-- A manifest: findings, a fix, hover, completion, and a move that takes its overlay along.
vim.cmd("silent edit base/pod.yaml")
document = { uri = vim.uri_from_bufnr(0) }
wait_for("6:11 redundant-registry, 8:11 missing-tag")
at = { line = 6, character = 14 }
actions = ask("textDocument/codeAction", {
  textDocument = document,
  range = { start = at, ["end"] = at },
  context = { diagnostics = {}, only = { "quickfix" } },
})
-- The overlay selects it by how it is spelled, so nothing but silence is offered.
check(actions and #actions >= 1, "no code actions for a manifest")
for _, action in ipairs(actions) do check(action.title ~= "write the short name", "a fix that switches an overlay off") end
hover = ask("textDocument/hover", { textDocument = document, position = at })
check(hover and hover.contents.value:find("docker.io/acme/web:1", 1, true), "hover: " .. vim.inspect(hover))
vim.api.nvim_buf_set_lines(0, 8, 9, true, { "    image: docker.io/ac" })
local found = ask("textDocument/completion", { textDocument = document, position = { line = 8, character = 23 } })
local offered = {}
for _, item in ipairs(found.items or found) do table.insert(offered, item.label) end
check(vim.tbl_contains(offered, "docker.io/acme/web:1"), "completion: " .. table.concat(offered, ", "))
vim.api.nvim_buf_set_lines(0, 8, 9, true, { "    image: redis" })
wait_for("6:11 redundant-registry, 8:11 missing-tag")
-- Alone it would leave the overlay behind.
ask("workspace/executeCommand", {
  command = "imglint.move",
  arguments = { { uri = document.uri, scope = "image", position = at, to = "ghcr.io/acme" } },
})
vim.wait(1000, function() return text():find("image: ghcr.io", 1, true) end, 20)
check(text():find("image: docker.io/acme/web:1", 1, true), "moved without its overlay: " .. text())
ask("workspace/executeCommand", {
  command = "imglint.move",
  arguments = { { uri = document.uri, scope = "workspace", to = "ghcr.io/acme" } },
})
vim.wait(20000, function() return text():find("image: ghcr.io/acme/acme/web:1", 1, true) end, 20)
check(text():find("image: ghcr.io/acme/acme/web:1", 1, true), "after the move: " .. text())
check(text():find("image: ghcr.io/acme/redis", 1, true), "after the move: " .. text())
vim.cmd("silent edit! over/kustomization.yaml")
check(text():find("- name: ghcr.io/acme/acme/web\n", 1, true), "the overlay after the move: " .. text())

-- Files are the server's by their names, in either case, whatever Neovim takes them for.
local function is_attached(name)
  vim.cmd("silent edit! " .. vim.fn.fnameescape(name))
  return vim.tbl_count(vim.lsp.buf_get_clients(0)) == 1
end
for _, name in ipairs({ "dockerfile", "DOCKERFILE.dev", "web.Containerfile", "containerfile", "web.container", "web.image",
  "web.container.d/10.conf", "docker-bake.hcl", "docker-bake.override.json", ".gitlab-ci.yml", ".circleci/config.yml",
  ".woodpecker/a/b.yaml", "kustomization", "compose.yaml.j2", "deploy/pod.yaml", "my values/values-prod.yaml" }) do
  check(is_attached(name), "not attached to " .. name)
end
for _, name in ipairs({ "main.c", "notes.txt", "my-dockerfile-notes", "bake.hcl", "10.conf", "Makefile" }) do
  check(not is_attached(name), "attached to " .. name)
end
vim.cmd("silent enew")
vim.cmd("setfiletype dockerfile")
check(vim.tbl_count(vim.lsp.buf_get_clients(0)) == 0, "attached to a buffer without a file")

io.stderr:write("neovim: ok\n")
vim.cmd("qall!")
