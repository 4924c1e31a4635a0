// The page itself: files in, answers out. Whatever a file says is shown as text, never as part of the page.

const OUTCOMES = new Map([
  [HELD, ['✓', 'Holds']],
  [FAILED, ['✗', 'Does not hold']],
  [NOT_REACHED, ['–', 'Not looked at']],
  [NOT_ASKED, ['–', 'Not asked']],
  [NOT_HERE, ['?', 'Not checked here']],
]);

const RECORD_VERDICTS = new Map([
  [HELD, ['✓', 'It holds: the record stands in the log as shown']],
  [FAILED, ['✗', 'It does not hold: do not rely on this file']],
  ['unanchored', ['?', 'Nothing is proven: nobody you trust vouches for it']],
  [NOT_HERE, ['?', 'Not everything could be checked in this browser']],
]);

const LOG_VERDICTS = new Map([
  [HELD, ['✓', 'It holds: the log is whole, as it was signed']],
  [FAILED, ['✗', 'It does not hold: the log is not what was signed']],
  ['unanchored', ['?', 'Nothing is proven: nobody you trust vouches for it']],
  [NOT_HERE, ['?', 'Not everything could be checked in this browser']],
]);

const UNANCHORED = 'Without a trust file, anybody could have made this up. Choose one in step 1 and check again.';

const UNSEEN = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu; // the last one is Braille without a dot

const UNPROVEN = ' (as claimed, not proven)';

class Stopped extends Error {}

const byId = id => document.getElementById(id);

/** An element with attributes and children; texts stay texts. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const sign = character => element('span', { class: 'sign', 'aria-hidden': 'true' }, character);

async function chosenFile(id) {
  const [file] = byId(id).files;
  if (file === undefined) return null;
  return { name: file.name, raw: new Uint8Array(await file.arrayBuffer()) };
}

/** The chosen trust file with what it asks for, or nulls. */
async function chosenPolicy() {
  const file = await chosenFile('policy');
  try {
    return { file, policy: file === null ? null : await parsePolicy(file.raw) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Malformed(`this is no trust file (${error.message}): choose another in step 1`);
  }
}

function told(policy) {
  const [logs, witnesses] = [new Set(policy.logs.map(key => key.name)).size, policy.witnesses.size];
  const count = (number, one, more) => `${number} ${number === 1 ? one : more}`;
  const enough = { [NO_QUORUM]: 'It asks for no witness.' }[policy.quorum] ?? 'Enough of these witnesses must have signed too.';
  return `It names ${count(logs, 'log', 'logs')} and ${count(witnesses, 'witness', 'witnesses')}. ${enough}`;
}

async function tellPolicy() {
  try {
    const { policy } = await chosenPolicy();
    byId('policy-state').textContent = policy === null ? '' : told(policy);
  } catch (error) {
    byId('policy-state').textContent = explained(error);
  }
}

/** Show an answer and bring the reader there. */
function show(place, result, verdicts, ...more) {
  const [mark, words] = verdicts.get(result.verdict);
  const title = element('h3', { tabindex: '-1' }, sign(mark), element('span', {}, words));
  const box = element('div', { class: 'result', 'data-verdict': result.verdict }, title);
  if (result.verdict === 'unanchored') box.append(element('p', {}, UNANCHORED));
  box.append(element('ol', { class: 'rungs' }, ...result.rungs.map(showRung)), ...more);
  byId(place).replaceChildren(box);
  title.focus();
}

function showRung({ number, name, outcome, detail }) {
  const [mark, words] = OUTCOMES.get(outcome);
  const claim = element('p', { class: 'claim' }, `${number}. ${name}: `, element('span', { class: 'outcome' }, words));
  const why = element('p', { class: 'why' }, visible(detail));
  return element('li', { 'data-rung': number, 'data-outcome': outcome }, sign(mark), element('div', {}, claim, why));
}

function say(place, words) {
  const title = element('h3', { tabindex: '-1' }, sign('?'), element('span', {}, visible(words)));
  byId(place).replaceChildren(element('div', { class: 'result', 'data-verdict': 'none' }, title));
  title.focus();
}

/** Facts as a list of terms; values are bytes' or files' own words. */
function facts(title, rows) {
  if (rows.length === 0) return [];
  const pairs = rows.flatMap(([term, value]) => [element('dt', {}, visible(term)), element('dd', {}, element('bdi', {}, visible(value)))]);
  return [element('h4', {}, title), element('dl', { class: 'facts' }, ...pairs)];
}

/** A text with what nobody sees, or what turns the order of letters, written out as JSON would escape it. */
const visible = words => words.replace(UNSEEN, found => found.split('').map(escaped).join(''));

const escaped = unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** What was recorded, told apart from all else: JSON has one spelling only, texts in quotes; bytes that are none are named so. */
function readable(raw) {
  return canonicalWords(raw) ?? `bytes ${hex(raw)}`;
}

/** The text of canonical JSON; null for other bytes, such as JSON in which a key stands twice. */
function canonicalWords(raw) {
  try {
    return sameBytes(canonicalJson(readJson(raw)), raw) ? decodeText(raw) : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/** An entry key by key; the entry of another program as a text in quotes that is called one, or as its digits. */
function entryRows(entry) {
  const words = canonicalWords(entry);
  const found = words === null ? null : readJson(entry);
  if (found instanceof Map) return [...found].map(([key, value]) => [word(key), canonicalText(value)]);
  return [['entry', words ?? textual(entry)]];
}

const word = key => (/^[A-Za-z0-9._-]+$/.test(key) ? key : canonicalText(key));

function textual(raw) {
  try {
    return `text ${JSON.stringify(decodeText(raw))}`;
  } catch (error) {
    if (error instanceof Malformed) return `bytes ${hex(raw)}`;
    throw error;
  }
}

function moment(seconds) {
  if (seconds === null || seconds > 253402300799n) return 'at a time it does not say';
  return `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(Number(seconds) * 1000)} UTC`;
}

function stateRows(checkpoint) {
  if (checkpoint === null) return [];
  return [['log', checkpoint.origin], ['entries', checkpoint.size.toString()], ['root', encodeBase64(checkpoint.root)]];
}

const witnessRows = times => [...times].map(([name, at]) => [asText(name), moment(at)]);

async function fileRows(files) {
  const there = files.filter(([, file]) => file !== null);
  return Promise.all(there.map(async ([term, file]) => [term, `${file.name}, SHA-256 ${hex(await sha256(file.raw))}`]));
}

async function checkRecord() {
  const [evidence, entry] = [await chosenFile('evidence'), await chosenFile('entry')];
  if (evidence === null) return say('record-result', 'Choose an evidence file first.');
  const { file, policy } = await chosenPolicy();
  const result = await verifyEvidence({ raw: evidence.raw, policy, entry: entry?.raw ?? null });
  const proven = result.verdict === HELD ? '' : UNPROVEN;
  const openings = result.evidence?.openings ?? [];
  return show(
    'record-result',
    result,
    RECORD_VERDICTS,
    ...facts(`The entry${proven}`, result.evidence === null ? [] : entryRows(result.evidence.entry)),
    ...facts(`The fields shown${proven}`, openings.map(one => [`${one.group}/${one.name}`, readable(one.value)])),
    ...facts(`The state of the log${proven}`, stateRows(result.checkpoint)),
    ...facts('Witnesses who signed it', witnessRows(result.times)),
    ...facts('Files checked', await fileRows([['evidence', evidence], ['entry', entry], ['trust file', file]])),
  );
}

/** How to get a published file: out of the chosen folder, or from the address. */
function source() {
  const files = [...byId('folder').files];
  if (files.length > 0) return fromFolder(files);
  const address = byId('address').value.trim();
  return address === '' ? null : fromAddress(address);
}

function fromFolder(files) {
  const byPath = new Map(files.map(file => [file.webkitRelativePath.split('/').slice(1).join('/'), file]));
  return async path => (byPath.has(path) ? new Uint8Array(await byPath.get(path).arrayBuffer()) : null);
}

function fromAddress(address) {
  const base = new URL(address.endsWith('/') ? address : `${address}/`);
  if (base.origin !== location.origin && !['127.0.0.1', 'localhost'].includes(base.hostname)) {
    throw new Malformed('this page may ask only the site it came from, or a log on this computer: download the folder of the log instead');
  }
  return async path => {
    const answer = await fetch(new URL(path, base), { credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Malformed(`${path} could not be fetched: the answer was ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
}

async function checkLog() {
  const [get, old, { file, policy }] = [source(), await chosenFile('old'), await chosenPolicy()];
  if (get === null) return say('log-result', 'Choose the folder of a log, or give its address.');
  const working = progress();
  byId('log-result').replaceChildren();
  try {
    const result = await verifyLog({ get, policy, old: old?.raw ?? null, onProgress: working.tell });
    const proven = result.verdict === HELD ? '' : UNPROVEN;
    return show(
      'log-result',
      result,
      LOG_VERDICTS,
      ...facts(`The state of the log${proven}`, stateRows(result.checkpoint)),
      ...facts('Witnesses who signed it', witnessRows(result.times)),
      ...facts('Files checked', await fileRows([['earlier checkpoint', old], ['trust file', file]])),
    );
  } finally {
    working.end();
  }
}

function progress() {
  const [bar, state] = [byId('progress'), { stopped: false }];
  byId('working').hidden = false;
  bar.removeAttribute('value');
  byId('done').textContent = '';
  byId('stop').onclick = () => { state.stopped = true; };
  const tell = (done, of) => {
    if (state.stopped) throw new Stopped('You stopped the check: nothing is proven.');
    [bar.max, bar.value] = [Number(of), Number(done)];
    byId('done').textContent = `${done} of ${of}`;
  };
  return { tell, end: () => { byId('working').hidden = true; } };
}

/** Run a check when its form is sent; one at a time, and what goes wrong is told in its place. */
function onSubmit(form, place, check) {
  byId(form).addEventListener('submit', async event => {
    event.preventDefault();
    const button = event.target.querySelector('[type="submit"]');
    if (button.disabled) return;
    button.disabled = true;
    try {
      await check();
    } catch (error) {
      say(place, explained(error));
    } finally {
      button.disabled = false;
    }
  });
}

function explained(error) {
  if (error instanceof Stopped) return error.message;
  if (error instanceof Malformed) return `Not checked: ${error.message}.`;
  if (error instanceof TypeError) return 'Not checked: there is no answer from that address, or a file can no longer be read.';
  return 'Not checked: something went wrong in this page. Use the program habeas instead.';
}

/** Why nothing can be checked here, or null. */
async function whyUnable() {
  if (globalThis.crypto?.subtle === undefined) return 'This page came over a connection that is not protected. Save it and open the saved file.';
  try {
    await crypto.subtle.importKey('raw', Uint8Array.of(0x58, ...new Array(31).fill(0x66)), { name: 'Ed25519' }, false, ['verify']);
    return null;
  } catch {
    return 'It does not know Ed25519 signatures. Use a newer version: Chrome or Edge since 137, Firefox since 129, Safari since 17.';
  }
}

/** An answer stands only as long as the files that it is about. */
function clearOnChange() {
  const shown = { policy: ['record', 'log'], evidence: ['record'], entry: ['record'], folder: ['log'], address: ['log'], old: ['log'] };
  for (const [id, forms] of Object.entries(shown)) {
    byId(id).addEventListener('input', () => forms.forEach(form => byId(`${form}-result`).replaceChildren()));
  }
  byId('folder').addEventListener('input', () => { byId('address').value = ''; });
  byId('address').addEventListener('input', () => { byId('folder').value = ''; });
}

async function start() {
  const why = await whyUnable();
  byId('unable-why').textContent = why ?? '';
  byId(why === null ? 'tool' : 'unable').hidden = false;
  byId('policy').addEventListener('input', tellPolicy);
  clearOnChange();
  onSubmit('record', 'record-result', checkRecord);
  onSubmit('log', 'log-result', checkLog);
}

await start();
