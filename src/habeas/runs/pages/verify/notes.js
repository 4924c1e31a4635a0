// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

const MOST_SIGNATURES = 64;
const MOST_NOTE_BYTES = 512 * 1024;

/** Text and signatures of a note; whether they hold is `verifyNote`'s to say. */
function parseNote(raw) {
  if (raw.length > MOST_NOTE_BYTES) throw new Malformed('the signed note is too long');
  const text = decodeText(raw);
  if (/[\x00-\x09\x0b-\x1f]/.test(text)) throw new Malformed('the signed note has control characters');
  const parting = text.lastIndexOf('\n\n');
  if (parting < 0) throw new Malformed('the signed note has no empty line before its signatures');
  const lines = splitLines(text.slice(parting + 2));
  if (lines.length < 1 || lines.length > MOST_SIGNATURES) throw new Malformed('the signed note has too few or too many signatures');
  return { text: text.slice(0, parting + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line) {
  const parts = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line);
  if (parts === null) throw new Malformed('a signature line has another form');
  refuseBadName(parts[1]);
  const raw = decodeBase64(parts[2]);
  if (raw.length <= 4) throw new Malformed('a signature is empty');
  return { name: parts[1], id: hex(raw.subarray(0, 4)), value: raw.subarray(4) };
}

/** What a log says of itself: its name, how many entries it has, the root over all of them. */
async function parseCheckpoint(text) {
  const [origin, size, root, ...extensions] = splitLines(text);
  if (root === undefined) throw new Malformed('the checkpoint has fewer than three lines');
  for (const line of [origin, ...extensions]) {
    if (line === '' || /[\p{Cc}\u2028\u2029]/u.test(line)) throw new Malformed('the checkpoint has an empty or unreadable line');
  }
  const checkpoint = { origin, size: decimal(size), root: decodeHash(root), extensions };
  const nothing = await sha256(new Uint8Array());
  if (checkpoint.size === 0n && !sameBytes(checkpoint.root, nothing)) throw new Malformed('an empty log has another root than none');
  return checkpoint;
}

/** The exact bytes that a signature under a checkpoint covers. */
function signedMessage(key, note, checkpoint, at) {
  if (key.algorithm === ED25519) return encodeText(note.text);
  if (key.algorithm === COSIGNATURE) return encodeText(`cosignature/v1\ntime ${at}\n${note.text}`);
  const [name, origin] = [counted(key.name), counted(checkpoint.origin)];
  return join('subtree/v1\n\0', name, bigEndian(at, 8), origin, bigEndian(0, 8), bigEndian(checkpoint.size, 8), checkpoint.root);
}

function counted(text) {
  const raw = encodeText(text);
  if (raw.length > 255) throw new ProofFailed('a name is too long for ML-DSA-44');
  return join(Uint8Array.of(raw.length), raw);
}

/** The time in Unix seconds (null where the signature says none) at which a known key signed. */
async function verifyLine(key, line, note, checkpoint) {
  const timed = key.algorithm !== ED25519;
  const at = timed ? fromBigEndian(line.value.subarray(0, 8)) : 0n;
  const signature = timed ? line.value.subarray(8) : line.value;
  if (at > MOST || !(await signatureHolds(key, signedMessage(key, note, checkpoint, at), signature))) {
    throw new ProofFailed(`the signature of ${key.name} does not hold: it or what it stands under was altered`);
  }
  return !timed || (key.algorithm === ML_DSA_44 && at === 0n) ? null : at;
}

/**
 * Who of `keys` signed the note, each once: Map from key to the earliest time; and whose signatures this browser can't check.
 * A line of a known key must hold, or the whole note is refused; a line of anybody else is passed over.
 */
async function verifyNote(note, checkpoint, keys) {
  if (new Set(keys.map(key => `${key.name}+${key.id}`)).size < keys.length) throw new Malformed('two keys have one name and ID');
  const [verified, unchecked] = [new Map(), new Set()];
  for (const line of note.signatures) {
    const key = keys.find(one => one.name === line.name && one.id === line.id);
    if (key === undefined) continue;
    try {
      const at = await verifyLine(key, line, note, checkpoint);
      const before = verified.get(key) ?? null;
      verified.set(key, before !== null && (at === null || before <= at) ? before : at);
    } catch (error) {
      if (!(error instanceof NotHere)) throw error;
      unchecked.add(key);
    }
  }
  return { verified, unchecked };
}
