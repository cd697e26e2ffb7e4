#include "output/reports/html_page.hpp"

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
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); }
.numbers, .charts { display: grid; gap: .75rem; margin: 1rem 0; }
.numbers { grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); }
.charts { grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); align-items: start; }
.numbers div, .charts figure { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; margin: 0; }
.numbers b { display: block; font-size: 1.5rem; line-height: 1.2; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
svg { width: 100%; height: auto; display: block; } svg text { fill: var(--ink); font-size: 12px; }
.error { color: var(--error); fill: var(--error); } .warning { color: var(--warning); fill: var(--warning); }
.info { color: var(--info); fill: var(--info); } .good { fill: var(--good); } .middle { fill: var(--middle); }
.bad { fill: var(--error); } .unknown { fill: var(--unknown); }
label { display: block; margin-bottom: .5rem; }
input { width: 100%; font: inherit; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--page); color: var(--ink); }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; background: var(--card); }
summary { cursor: pointer; padding: .5rem .75rem; font-weight: 600; }
ol { list-style: none; margin: 0; padding: 0; } li { border-top: 1px solid var(--line); padding: .5rem .75rem; }
pre { margin: .25rem 0 0; padding: .5rem; background: var(--page); border: 1px solid var(--line); border-radius: .25rem;
  overflow-x: auto; font-size: .875rem; overflow-wrap: normal; }
mark { background: none; color: inherit; border-bottom: 2px solid var(--error); font-weight: 600; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .375rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number { text-align: right; } a { color: var(--info); } nav a { margin-right: 1rem; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; white-space: nowrap; }
th button::after { content: "\2195"; color: var(--soft); margin-left: .25rem; }
[aria-sort=ascending] button::after { content: "\2191"; } [aria-sort=descending] button::after { content: "\2193"; }
th:first-child { width: 18%; } th:nth-child(2) { width: 35%; } th:last-child { width: 35%; }
@media (max-width: 40rem) { /* a row is a card, the heads are buttons in a line */
  table, tbody, tr, td { display: block; } thead tr { display: flex; flex-wrap: wrap; gap: 0 1rem; }
  th, th:nth-child(n) { width: auto; border: 0; padding: .25rem 0; } tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td { border: 0; padding: 0; } td:nth-child(2) { font-weight: 600; } td.number { text-align: left; }
  td.number::after { content: " uses"; } td:last-child { color: var(--soft); }
}
:focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
[hidden] { display: none; }
@media print { input { display: none; } details { break-inside: avoid; } }
)";

// Without it the page shows everything.
const std::string_view script = R"(
const box = document.getElementById('search');
const told = document.getElementById('told');
const rows = [...document.querySelectorAll('[data-row]')];
const groups = [...document.querySelectorAll('details')];
const texts = rows.map((row) => (row.dataset.row + ' ' + row.textContent).toLowerCase());
function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  rows.forEach((row, index) => {
    row.hidden = !words.every((word) => texts[index].includes(word));
    shown += row.hidden ? 0 : 1;
  });
  groups.forEach((group) => { group.hidden = !group.querySelector('[data-row]:not([hidden])'); });
  told.textContent = words.length ? shown + ' of ' + rows.length + ' rows' : '';
}
box.addEventListener('input', search);

// The columns of the table sort by a click, and the other way by a second one.
const heads = [...document.querySelectorAll('th')];
function sort(column) {
  const head = heads[column], body = head.closest('table').tBodies[0];
  const down = head.getAttribute('aria-sort') === 'ascending';
  const text = (row) => row.cells[column].textContent;
  const sorted = [...body.rows].sort((a, b) => text(a).localeCompare(text(b), 'en', {numeric: true}));
  body.append(...(down ? sorted.reverse() : sorted));
  heads.forEach((other) => other.removeAttribute('aria-sort'));
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
}
heads.forEach((head, column) => {
  const button = document.createElement('button');
  button.append(...head.childNodes);
  button.addEventListener('click', () => sort(column));
  head.append(button);
});
)";

}  // namespace imglint::html
