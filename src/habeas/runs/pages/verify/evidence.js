// Evidence files (habeas-evidence/v1), proof files (C2SP tlog-proof), and the fields that they open.

const PROOF_HEADER = 'c2sp.org/tlog-proof@v1';
const MOST_PROOF_BYTES = 1048576;
const MOST_EXTRA_BYTES = 262144;
const MOST_PATH = 63;
const MOST_EVIDENCE_BYTES = 16 * 1024 * 1024;
const MOST_ENTRY_BYTES = 65535;
const MOST_OPENINGS = 1000;
const MOST_OPENED_BYTES = 8 * 1024 * 1024;
const MOST_VALUE_BYTES = 1048576;
const FIELD_TAG = 'habeas/field/v1\0';

/** Index, path and signed checkpoint of a proof file; what it calls `extra` counts for nothing. */
function parseProof(raw) {
  if (raw.length > MOST_PROOF_BYTES) throw new Malformed('the proof is too long');
  const text = decodeText(raw);
  const parting = text.indexOf('\n\n');
  const checkpoint = parting < 0 ? new Uint8Array() : encodeText(text.slice(parting + 2));
  if (checkpoint.length === 0 || checkpoint.length > MOST_NOTE_BYTES) throw new Malformed('the proof holds no signed checkpoint');
  if (!text.endsWith('\n')) throw new Malformed('the last line is not ended: the file may be cut short');
  const [header, ...lines] = text.slice(0, parting).split('\n');
  if (header !== PROOF_HEADER) throw new Malformed('the proof begins with another line');
  if (lines[0]?.startsWith('extra ')) refuseBadExtra(decodeBase64(lines.shift().slice('extra '.length)));
  const place = lines.shift() ?? '';
  if (!place.startsWith('index ')) throw new Malformed('the proof does not say the place of the entry');
  if (lines.length > MOST_PATH) throw new Malformed('the proof has too many hashes');
  return { index: decimal(place.slice('index '.length)), path: lines.map(decodeHash), checkpoint };
}

function refuseBadExtra(raw) {
  if (raw.length === 0 || raw.length > MOST_EXTRA_BYTES) throw new Malformed('the proof has something extra that is too long, or nothing');
}

/** Entry, proof and opened fields of an evidence file. */
function parseEvidence(raw) {
  if (raw.length > MOST_EVIDENCE_BYTES) throw new Malformed('the file is too long');
  const file = exactly(readJson(raw), ['format', 'entry', 'proof', 'openings']);
  if (file.get('format') !== 'habeas-evidence/v1') throw new Malformed('the file is of another format, or of a later version');
  const openings = list(file.get('openings'), MOST_OPENINGS).map(parseOpening);
  if (new Set(openings.map(one => `${one.group}/${one.name}`)).size < openings.length) throw new Malformed('a field is there twice');
  if (openings.reduce((sum, one) => sum + one.value.length, 0) > MOST_OPENED_BYTES) throw new Malformed('the fields are too long');
  const lines = list(file.get('proof'), MOST_PROOF_BYTES).map(text);
  if (lines.some(line => /[\n\p{Surrogate}]/u.test(line))) throw new Malformed('a line of the proof is none');
  const entry = refuseLongEntry(decodeBase64(text(file.get('entry'))));
  return { entry, proof: parseProof(encodeText(lines.map(line => `${line}\n`).join(''))), openings };
}

function refuseLongEntry(entry) {
  if (entry.length > MOST_ENTRY_BYTES) throw new Malformed('the entry is longer than any entry');
  return entry;
}

function parseOpening(value) {
  const found = exactly(value, ['group', 'name', 'value', 'salt', 'index', 'size', 'path']);
  const opening = { group: text(found.get('group')), name: text(found.get('name')), index: found.get('index'), size: found.get('size') };
  opening.value = decodeBase64(text(found.get('value')));
  opening.salt = decodeBase64(text(found.get('salt')));
  opening.path = list(found.get('path'), 64).map(hash => decodeHash(text(hash)));
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(opening.group) || !/^[a-z][a-z0-9_-]{0,63}$/.test(opening.name)) throw new Malformed('a field has no name');
  if (opening.value.length > MOST_VALUE_BYTES || opening.salt.length !== 32) throw new Malformed('a field is too long, or its salt is not 32 bytes');
  const heights = Array.from({ length: 12 }, (_, height) => height + 5); // trees of 32 to 65,536 leaves
  const height = heights.find(one => opening.size === 1n << BigInt(one));
  if (height !== opening.path.length || typeof opening.index !== 'bigint') throw new Malformed('a field has another path than its size asks for');
  if (opening.index < 0n || opening.index >= opening.size) throw new Malformed('a field has a place outside its tree');
  return opening;
}

function exactly(value, keys) {
  if (!(value instanceof Map) || value.size !== keys.length || !keys.every(key => value.has(key))) {
    throw new Malformed('something is missing from the file, or there is more than should be');
  }
  return value;
}

function list(value, most) {
  if (!Array.isArray(value) || value.length > most) throw new Malformed('a list is too long, or is none');
  return value;
}

function text(value) {
  if (typeof value !== 'string') throw new Malformed('a text is none');
  return value;
}

/** The root that an entry commits its personal fields to; null where it commits to none, or isn't an entry of habeas. */
function fieldsOf(entry) {
  try {
    const found = readJson(entry);
    if (!(found instanceof Map) || !found.has('v') || !found.has('fields') || !sameBytes(canonicalJson(found), entry)) return null;
    return decodeHash(text(found.get('fields')));
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/** Refuses a field that isn't one of those that the record committed to. */
async function verifyOpening(opening, root) {
  const [group, name] = [encodeText(opening.group), encodeText(opening.name)];
  const sizes = [bigEndian(group.length, 2), bigEndian(name.length, 2), bigEndian(opening.value.length, 4)];
  const committed = join(FIELD_TAG, opening.salt, sizes[0], group, sizes[1], name, sizes[2], opening.value);
  const leaf = await leafHash(await sha256(committed));
  await verifyInclusion({ leaf, index: opening.index, size: opening.size, path: opening.path, root });
}
