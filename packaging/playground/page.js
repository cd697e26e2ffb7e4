'use strict';
const examples = [
  ['Dockerfile', `# syntax=docker/dockerfile:1
ARG REGISTRY=docker.io/library

FROM \${REGISTRY}/golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/shop ./cmd/shop

FROM node AS assets
COPY web/ ./
RUN npm ci && npm run build

FROM scratch
COPY --from=build /out/shop /shop
COPY --from=assets dist/ /www/
COPY --from=nginx:latest /etc/nginx/mime.types /etc/
ENTRYPOINT ["/shop"]
`],
  ['compose.yaml', `name: shop

x-database: &database
  image: postgres
  restart: unless-stopped

services:
  web:
    build: .
    image: acme/shop:dev
    depends_on: [orders, cache]
  orders:
    <<: *database
  cache: {image: "redis:latest"} # evicts by itself
  metrics:
    image: \${METRICS_IMAGE:-prom/prometheus}:v2.53.0
`],
  ['.github/workflows/ci.yml', `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    container: node:22
    services:
      db: {image: "postgres"}
    steps:
    - uses: docker://alpine:latest
`],
  ['.gitlab-ci.yml', `default:
  image: python:3.12

test:
  image: {name: "node", entrypoint: [""]}
  services: [docker:dind, "postgres:16"]
  script: npm test
`],
  ['deployment.yaml', `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
      - {name: wait, image: busybox}
      containers:
      - name: web
        image: k8s.gcr.io/echoserver:1.10
`],
];
/** So many findings are shown. */
const most = 500;
const at = (id) => document.getElementById(id);
const fields = {name: at('name'), text: at('text'), to: at('to'), policy: at('policy')};

/** Base64 as bytes; browsers before 2025 take a little longer. */
function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let index = 0; index < packed.length; ++index) bytes[index] = packed.charCodeAt(index);
  return bytes;
}

/** The program: text in, text out. After a trap the next question gets a new one. */
async function open() {
  // Written to the stream itself: through a Blob it takes twice as long.
  const {readable, writable} = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  for (const written of [writer.write(bytesOf(at('program').textContent)), writer.close()])
    written.catch(() => {}); // the reader tells
  const module = await WebAssembly.compileStreaming(new Response(readable, {headers: {'content-type': 'application/wasm'}}));
  let wasm = null;
  const view = () => new DataView(wasm.memory.buffer);
  // What is not here has no disk, no environment and no stream to write to: `not supported`.
  const known = {
    clock_time_get: (clock, precision, result) => (view().setBigUint64(result, BigInt(Date.now()) * 1000000n, true), 0),
    environ_sizes_get: (count, size) => (view().setUint32(count, 0, true), view().setUint32(size, 0, true), 0),
    environ_get: () => 0,
    emscripten_notify_memory_growth: () => {},
    proc_exit: (code) => { throw new Error('the program ended with ' + code); },
  };
  const imports = {};
  for (const {module: from, name} of WebAssembly.Module.imports(module))
    (imports[from] ??= {})[name] = known[name] ?? (() => 58);
  const start = async () => {
    wasm = (await WebAssembly.instantiate(module, imports)).exports;
    wasm._initialize?.();
  };
  await start();
  return async (question) => {
    const text = new TextEncoder().encode(JSON.stringify(question));
    try {
      const from = wasm.malloc(text.length);
      new Uint8Array(wasm.memory.buffer).set(text, from);
      const result = wasm.imglint_answer(from, text.length);
      if (result === 0) throw new Error('not enough memory');
      const memory = new Uint8Array(wasm.memory.buffer);
      const answer = JSON.parse(new TextDecoder().decode(memory.subarray(result, memory.indexOf(0, result))));
      wasm.free(result);
      wasm.free(from);
      return answer;
    } catch (error) {
      await start();
      const reason = error instanceof RangeError ? 'this is nested too deeply for a browser; the program itself may read it' : error.message;
      return {code: 2, out: '', err: 'imglint: error: ' + reason + '\n'};
    }
  };
}

const make = (name, properties = {}, ...content) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
};
function show(id, content) {
  at(id).textContent = content;
  at(id).hidden = content === '';
}

/** Where a finding is in a text, whose lines begin at `begins`. */
const rangeOf = (begins, finding) => [
  begins[finding.line - 1] + finding.utf16_column - 1,
  begins[finding.end_line - 1] + finding.utf16_end_column - 1,
];
function lineBegins(text) {
  const begins = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) begins.push(at + 1);
  return begins;
}

let ask = null;
const words = (command, ...more) => ({
  words: [command, ...more, ...(fields.name.value ? ['--stdin-filename=' + fields.name.value] : []), '-'],
  input: fields.text.value,
  files: fields.policy.value.trim() ? {'.imglint.yaml': fields.policy.value} : {},
});

function row(finding, text, begins) {
  const [begin, end] = rangeOf(begins, finding);
  const line = [begins[finding.line - 1], (begins[finding.line] ?? text.length + 1) - 1];
  const stop = Math.min(end, line[1]);
  const place = make('button', {type: 'button', className: 'link'}, finding.line + ':' + finding.column);
  place.setAttribute('aria-label', `Line ${finding.line}, column ${finding.column}: go there`);
  place.addEventListener('click', () => {
    fields.text.focus();
    fields.text.setSelectionRange(begin, end);
    const height = parseFloat(getComputedStyle(fields.text).lineHeight);
    fields.text.scrollTop = (finding.line - 4) * height;
  });
  const wanted = make('pre');
  const why = make('details', {}, make('summary', {}, finding.rule), wanted);
  why.addEventListener('toggle', async () => {
    if (!wanted.textContent) wanted.textContent = (await ask({words: ['explain', finding.rule]})).out;
  });
  const item = make('li', {}, make('p', {}, make('b', {className: finding.severity}, finding.severity), ' ', place, ' ', finding.message),
    make('pre', {}, text.slice(line[0], begin), make('mark', {}, text.slice(begin, stop)), text.slice(stop, line[1])));
  if (finding.fix) item.append(make('p', {className: 'soft'}, finding.fix.title));
  item.append(why);
  return item;
}

async function check() {
  const text = fields.text.value;
  const {out, err} = await ask(words('check', '--format=json'));
  let report = null;
  try { report = JSON.parse(out); } catch { /* it could not do the job, and says so */ }
  const findings = report?.findings ?? [];
  const begins = lineBegins(text);
  const shown = findings.slice(0, most).map((finding) => row(finding, text, begins));
  if (findings.length > most) shown.push(make('li', {}, `${findings.length - most} more`));
  at('findings').replaceChildren(...shown);
  at('fix').hidden = !report?.summary.safe_fixes;
  const lines = err.trimEnd().split('\n');
  at('summary').textContent = report ? lines.pop() : 'No answer';
  show('troubles', lines.join('\n'));
}

async function move() {
  const to = fields.to.value.trim();
  const {out, err} = to ? await ask(words('retarget', '--to=' + to)) : {out: '', err: ''};
  const before = fields.text.value.split('\n');
  const after = out.split('\n');
  const changed = (line, index) => before.length === after.length && line !== before[index];
  at('moved').replaceChildren(...(out ? after.map((line, index) => make(changed(line, index) ? 'ins' : 'span', {}, line)) : []));
  for (const id of ['moved', 'copy', 'take']) at(id).hidden = out === '';
  at('moved').value = out;
  show('notes', err.trimEnd());
}

// The link: what the fields hold as JSON, deflated, in base64 for URLs.
const through = async (bytes, stream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
async function fragment() {
  const held = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]));
  const bytes = await through(new TextEncoder().encode(JSON.stringify(held)), new CompressionStream('deflate'));
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return '#1' + btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
async function readFragment() {
  if (!location.hash.startsWith('#1')) return false;
  try {
    const text = atob(location.hash.slice(2).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const held = JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate'))));
    for (const [name, field] of Object.entries(fields)) field.value = typeof held[name] === 'string' ? held[name] : '';
    at('policy-part').open = fields.policy.value !== '';
    return true;
  } catch {
    show('troubles', 'The link is not whole; this is an example.');
    return false;
  }
}
let kept = '';
async function keep() {
  kept = await fragment();
  history.replaceState(null, '', kept);
}

let running = Promise.resolve();
let timer = 0;
function answer() {
  running = running.then(check).then(move);
  return running;
}
function changed() {
  at('main').setAttribute('aria-busy', 'true');
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const mine = timer;
    if (ask) await answer(); // else the first answer is to what stands there then
    await keep();
    if (mine === timer) at('main').setAttribute('aria-busy', 'false');
  }, 150);
}
function take(text) {
  fields.text.value = text;
  fields.text.focus();
  fields.text.setSelectionRange(0, 0);
  changed();
}
async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
    at(told).textContent = 'Copied';
  } catch {
    at(told).textContent = told === 'shared' ? 'The address of this page is the link' : 'The browser does not allow it';
  }
  setTimeout(() => { at(told).textContent = ''; }, 3000);
}

for (const [name] of examples) {
  at('example').append(new Option(name));
  at('names').append(new Option(name));
}
const choose = () => {
  [fields.name.value, fields.text.value] = examples[at('example').selectedIndex];
};
at('example').addEventListener('change', () => { choose(); changed(); });
for (const field of Object.values(fields)) field.addEventListener('input', changed);
at('share').addEventListener('click', () => keep().then(() => copy(location.href, 'shared')));
at('copy').addEventListener('click', () => copy(at('moved').value, 'copied'));
at('take').addEventListener('click', () => take(at('moved').value));
at('fix').addEventListener('click', async () => {
  at('main').setAttribute('aria-busy', 'true');
  const {code, out} = await ask(words('check', '--fix'));
  take(code === 2 ? fields.text.value : out);
});
addEventListener('hashchange', async () => {
  if (location.hash !== kept && await readFragment()) answer();
});

(async () => {
  if (!await readFragment()) {
    choose();
    fields.to.value = 'ghcr.io/acme';
  }
  try {
    ask = await open();
  } catch (error) {
    at('summary').textContent = 'This browser cannot run the program: ' + error.message;
    return;
  }
  await check();
  performance.mark('first answer');
  await move();
  performance.mark('first move');
})();
