#include "output/html/assets.hpp"

namespace imglint::html {

const std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --page: #ffffff; --card: #f6f8fa; --line: #d0d7de;
  --error: #b3261e; --warning: #8a5a00; --info: #0b57a4; --good: #1a7f37; --middle: #9a6700; --unknown: #6e7781; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9aa4af; --page: #0d1117; --card: #161b22; --line: #30363d;
    --error: #ff8a80; --warning: #e3b341; --info: #79c0ff; --good: #56d364; --middle: #e3b341; --unknown: #8b949e; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } a { color: var(--info); } nav a { margin-right: 1rem; }
.numbers, .charts { display: grid; gap: .75rem; margin: 1rem 0; }
.numbers { grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); }
.charts { grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); }
.number, figure { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; margin: 0; }
.number > b { display: block; font-size: 1.5rem; line-height: 1.2; }
button { font: inherit; color: inherit; text-align: left; background: none; border: 0; padding: 0; cursor: pointer; }
button.number { background: var(--card); border: 1px solid var(--line); padding: .75rem; display: flex; flex-direction: column; }
button.number:hover, button.bar:hover { border-color: var(--info); text-decoration: underline; }
[aria-pressed=true] { outline: 2px solid var(--info); outline-offset: 1px; border-radius: .25rem; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
.bars { list-style: none; margin: 0; padding: 0; flex: 1 1 16rem; }
.bar { display: grid; grid-template-columns: 1fr auto; gap: 0 .5rem; width: 100%; padding: .2rem .25rem; }
.bar b { font-weight: 600; } .bar svg { grid-column: 1 / -1; width: 100%; height: .5rem; display: block; }
.bar i { display: inline-block; width: .75rem; height: .75rem; border-radius: .2rem; margin-right: .4rem; background: currentColor; }
.split { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
.ring { width: 8rem; height: 8rem; flex: none; } .ring circle { fill: none; stroke-width: 7; } .ring .track { stroke: var(--line); }
.ring text { fill: var(--ink); font-size: 7px; font-weight: 600; }
.error { color: var(--error); fill: var(--error); } .warning { color: var(--warning); fill: var(--warning); }
.info { color: var(--info); fill: var(--info); } .good { color: var(--good); fill: var(--good); }
.middle { color: var(--middle); fill: var(--middle); } .bad { color: var(--error); fill: var(--error); }
.unknown { color: var(--unknown); fill: var(--unknown); } .ring circle:not(.track) { stroke: currentColor; }
.find { position: sticky; top: 0; z-index: 1; background: var(--page); padding: .5rem 0; border-bottom: 1px solid var(--line); }
.find.narrowed { bottom: 0; border-top: 1px solid var(--line); } /* what is chosen above is told there too */
label { display: block; margin-bottom: .25rem; font-weight: 600; }
input { width: 100%; font: inherit; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--page); color: var(--ink); }
#all { color: var(--info); text-decoration: underline; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; background: var(--card); }
summary { cursor: pointer; padding: .5rem .75rem; font-weight: 600; }
ol { list-style: none; margin: 0; padding: 0; }
ol > li { border-top: 1px solid var(--line); padding: .5rem .75rem; }
main > details, main > section, .scroll { content-visibility: auto; contain-intrinsic-size: auto 40rem; } /* what is out of sight costs nothing */
pre { margin: .25rem 0 0; padding: .5rem; background: var(--page); border: 1px solid var(--line); border-radius: .25rem;
  font-size: .875rem; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: none; color: inherit; border-bottom: 2px solid var(--error); font-weight: 600; }
h2, h3 { scroll-margin-top: 8rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .375rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number { text-align: right; background: none; border-width: 0 0 1px; border-radius: 0; padding: .375rem .5rem; }
th button { white-space: nowrap; font-weight: 600; }
th button::after { content: "\2195"; color: var(--soft); margin-left: .25rem; }
[aria-sort=ascending] button::after { content: "\2191"; } [aria-sort=descending] button::after { content: "\2193"; }
@media (max-width: 40rem) { /* a row is a card, the heads are buttons in a line */
  table, tbody, tr, td { display: block; } thead tr { display: flex; flex-wrap: wrap; gap: 0 1rem; }
  th { border: 0; padding: .25rem 0; } tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td, td.number { border: 0; padding: 0; } td:nth-child(2) { font-weight: 600; } td.number { text-align: left; }
  td.number::before { content: "uses: "; } td.repositories::before { content: "repositories: "; } td:last-child { color: var(--soft); }
  .find:not(.narrowed) { position: static; }
}
:focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
[hidden] { display: none !important; }
@media print {
  .find, nav { display: none; } .number, figure, ol > li, tr { break-inside: avoid; }
  main > details, main > section, .scroll { content-visibility: visible; }
  body { max-width: none; }
}
)";

// Rows have data; what is chosen hides those whose data differ. Rows without such data stay, but a finding is
// chosen as the image that it is about.
const std::string_view script = R"(
'use strict';
const box = document.getElementById('search');
const told = document.getElementById('told');
const all = document.getElementById('all');
const rows = [...document.querySelectorAll('[data-row]')];
const groups = [...document.querySelectorAll('main > details')];
const buttons = [...document.querySelectorAll('[data-key]')];
const chosen = new Map();
const file = (row) => row.closest('details');
const datum = (row, key) => row.dataset[key] ?? file(row)?.dataset[key];
const isImage = (row) => 'hold' in row.dataset;
const sectionOf = (row) => (row.closest('.scroll')?.getAttribute('aria-label') ?? 'Findings').toLowerCase();
let texts = null;
let sections = null;
const textOf = (index) => {
  texts ??= rows.map((row) => ((file(row)?.firstElementChild.textContent ?? '') + ' ' + row.textContent).toLowerCase());
  return texts[index];
};
// The names of the images whose rows fit; null if nothing is chosen that images have.
function imagesOf(keys) {
  const images = rows.filter(isImage);
  const asked = keys.filter(([key]) => images.length && key in images[0].dataset);
  if (!asked.length) return null;
  return new Set(images.filter((row) => asked.every(([key, value]) => row.dataset[key] === value))
    .map((row) => row.cells[1].textContent));
}
function tell(counts, values) {
  told.replaceChildren();
  const parts = [...counts].filter(([, count]) => count.shown < count.all);
  (parts.length ? parts : [...counts]).forEach(([section, count], index) => {
    const link = document.createElement('a');
    link.href = '#' + section;
    link.textContent = count.shown + ' of ' + count.all + ' ' + section;
    told.append(index ? ', ' : '', link);
  });
  if (values.length) told.append(': ' + values.join(', '));
}
function show() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const keys = [...chosen];
  const images = imagesOf(keys);
  const open = new Set();
  const counts = new Map();
  sections ??= rows.map(sectionOf);
  rows.forEach((row, index) => {
    const fits = keys.every(([key, value]) => (datum(row, key) ?? value) === value) &&
      (!images || row.localName !== 'li' || images.has(row.dataset.image)) &&
      words.every((word) => textOf(index).includes(word));
    if (row.hidden === fits) row.hidden = !fits;
    if (!counts.has(sections[index])) counts.set(sections[index], {shown: 0, all: 0});
    const count = counts.get(sections[index]);
    count.all += 1;
    if (!fits) return;
    count.shown += 1;
    open.add(file(row));
  });
  groups.forEach((group) => { group.hidden = !open.has(group); });
  buttons.forEach((button) => {
    button.setAttribute('aria-pressed', String(chosen.get(button.dataset.key) === button.dataset.value));
  });
  const narrowed = words.length + keys.length > 0;
  all.hidden = !narrowed;
  box.parentElement.classList.toggle('narrowed', narrowed);
  if (narrowed) tell(counts, keys.map(([, value]) => value)); else told.replaceChildren();
}
box.addEventListener('input', show);
buttons.forEach((button) => button.addEventListener('click', () => {
  const {key, value} = button.dataset;
  if (chosen.get(key) === value) chosen.delete(key); else chosen.set(key, value);
  show();
}));
all.addEventListener('click', () => { chosen.clear(); box.value = ''; show(); box.focus(); });
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== box) { event.preventDefault(); box.focus(); }
  if (event.key === 'Escape' && !all.hidden) all.click();
});

// The columns of a table sort by a click, and the other way by a second one.
document.querySelectorAll('table').forEach((table) => {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    button.addEventListener('click', () => {
      const body = table.tBodies[0];
      const down = head.getAttribute('aria-sort') === 'ascending';
      const compare = new Intl.Collator('en', {numeric: true}).compare;
      const sorted = [...body.rows].sort((a, b) => compare(a.cells[column].textContent, b.cells[column].textContent));
      body.append(...(down ? sorted.reverse() : sorted));
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    });
    head.append(button);
  });
});
)";

}  // namespace imglint::html
