// Reads the reports of one run, `PREFIX.json` and the other formats, as their consumers do, and compares what they
// see with the project's own JSON: rule, file and line of every finding, in order.
'use strict';
const fs = require('fs');
const path = require('path');
const {execFileSync} = require('child_process');

const prefix = process.argv[2];
const modules = process.env.NODE_PATH;
const text = (format) => fs.readFileSync(`${prefix}.${format}`, 'utf8');
let failed = false;

function expect(format, what, actual, expected) {
  const same = JSON.stringify(actual) === JSON.stringify(expected);
  if (!same) {
    failed = true;
    console.error(`${format}: ${what}\n  expected ${JSON.stringify(expected)}\n  but was  ${JSON.stringify(actual)}`);
  }
}
function report(format, reader, count) {
  console.log(`${path.basename(prefix).padEnd(8)} ${format}: ${count} findings read by ${reader}`);
}
function validate(Ajv, format, schema, data) {
  const ajv = new Ajv({strict: false, allErrors: true});
  require('ajv-formats').default(ajv);
  const check = ajv.compile(schema);
  if (check(data)) return;
  failed = true;
  console.error(`${format}: not valid: ${ajv.errorsText(check.errors)}`);
}

const own = JSON.parse(text('json'));
// Names of the files as reports write them: control characters escaped.
const key = (rule, file, line) => `${file}:${line}: ${rule}`;
const findings = own.findings.map((f) => key(f.rule, f.file, f.line));
const failures = own.failures.map((f) => f.file);
const shown = findings.concat(failures.map((f) => key('not-judged', f, 1)));

function sarif() {
  const data = JSON.parse(text('sarif'));
  const schema = JSON.parse(fs.readFileSync(`${modules}/@microsoft/sarif-multitool-linux/sarif-2.1.0.json`, 'utf8'));
  validate(require('ajv/dist/2020').default, 'sarif', schema, data);
  const run = data.runs[0];
  const seen = run.results.map((r) => {
    const place = r.locations[0].physicalLocation;
    const line = place.region ? place.region.startLine : 1;
    expect('sarif', 'the index of the rule', run.tool.driver.rules[r.ruleIndex].id, r.ruleId);
    return key(r.ruleId, decodeURIComponent(place.artifactLocation.uri), line);
  });
  expect('sarif', 'findings', seen, findings);
  const notes = run.invocations[0].toolExecutionNotifications;
  expect('sarif', 'failures', notes.map((n) => decodeURIComponent(n.locations[0].physicalLocation.artifactLocation.uri)), failures);
  report('sarif', 'ajv with the schema of SARIF 2.1.0', seen.length);
}

function gitlab() {
  const data = JSON.parse(text('gitlab'));
  validate(require('ajv').default, 'gitlab', JSON.parse(fs.readFileSync(`${__dirname}/gitlab.schema.json`, 'utf8')), data);
  expect('gitlab', 'findings', data.map((i) => key(i.check_name, i.location.path, i.location.lines.begin)), shown);
  expect('gitlab', 'distinct fingerprints', new Set(data.map((i) => i.fingerprint)).size, data.length);
  report('gitlab', 'ajv with a schema of GitLab\'s documentation', data.length);
}

function rdjson() {
  const program = `${modules}/@umbrelladocs/rdformat-validator/bin/rdformat-validator.js`;
  // The validator does not know relatedLocations, which came later.
  const data = JSON.parse(text('rdjson'));
  const known = {...data, diagnostics: data.diagnostics.map(({relatedLocations, ...rest}) => rest)};
  try {
    execFileSync('node', [program, '--strict', '--no-extra-fields'], {input: JSON.stringify(known)});
  } catch (error) {
    failed = true;
    console.error(`rdjson: ${error.stdout}`);
  }
  const line = (d) => (d.location.range ? d.location.range.start.line : 1);
  expect('rdjson', 'findings', data.diagnostics.map((d) => key(d.code.value, d.location.path, line(d))), shown);
  report('rdjson', 'rdformat-validator', data.diagnostics.length);
}

function checkstyle() {
  const tree = require('xml-js').xml2js(text('checkstyle'));
  const parser = require('danger-plugin-lint-report/dist/parse/checkstyle_parser');
  const seen = parser.parseCheckstyle(tree, '').map((v) => key(v.message, v.file, v.line));
  const messages = own.findings.map((f) => key(f.message, f.file, f.line));
  expect('checkstyle', 'findings', seen, messages.concat(own.failures.map((f) => key(f.message, f.file, 1))));
  report('checkstyle', 'danger-plugin-lint-report', seen.length);
}

function junit() {
  const result = require('test-results-parser').parse({type: 'junit', files: [`${prefix}.junit`]});
  const failing = result.suites.flatMap((s) => s.cases.filter((c) => c.status !== 'PASS').map((c) => [s.name, c.name]));
  const place = (f) => [f.file, `${f.rule} ${f.line}:${f.utf16_column}`];
  expect('junit', 'findings', failing, own.findings.map(place).concat(failures.map(() => ['not judged', 'not judged'])));
  expect('junit', 'failed and not judged', result.failed + result.errors, shown.length);
  expect('junit', 'failures', result.status, shown.length === 0 ? (own.files.length === 0 ? 'SKIP' : 'PASS') : 'FAIL');
  report('junit', 'test-results-parser', failing.length);
}

// As actions/runner reads workflow commands: properties are split at commas before they are unescaped.
function github() {
  const plain = (s) => s.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%');
  const seen = text('github').split('\n').filter((l) => l !== '').map((line) => {
    const match = /^::(error|warning|notice) (.*?)::(.+)$/.exec(line);
    if (!match) return line;
    const properties = Object.fromEntries(match[2].split(',').map((p) => [p.slice(0, p.indexOf('=')), plain(p.slice(p.indexOf('=') + 1))]));
    return key(properties.title.replace(' ', '-'), properties.file, properties.line || 1);
  });
  expect('github', 'findings', seen, shown);
  report('github', 'the rules of workflow commands', seen.length);
}

function jsonl() {
  const lines = text('jsonl').split('\n').filter((l) => l !== '').map((l) => JSON.parse(l));
  expect('jsonl', 'findings', lines.map((f) => key(f.rule || 'not-judged', f.file, f.line || 1)), shown);
  report('jsonl', 'JSON.parse', lines.length);
}

for (const read of [sarif, gitlab, rdjson, checkstyle, junit, github, jsonl]) read();
process.exit(failed ? 1 : 0);
