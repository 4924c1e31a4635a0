// A whole log: its tree is made again from every entry, and compared with what the log signed.

const LOG_RUNGS = [
  'The checkpoint can be read',
  'The log signed this state of itself',
  'Enough witnesses signed the same state',
  'Every entry is there',
  'The entries give the root that was signed',
  'The earlier state is the beginning of this one',
];

/**
 * Check all entries of a log. `get(path)` gives a published file as bytes, or null where there is none; `old` is an earlier checkpoint
 * (or null); `onProgress(done, of)` hears how far it is.
 */
async function verifyLog({ get, policy, old, onProgress }) {
  const found = { checkpoint: null, times: new Map(), tree: new GrowingTree(), old: null };
  const taken = await climb([
    () => readCheckpoint(get, found),
    () => signedByTheLog(policy, found),
    () => signedByWitnesses(policy, found),
    () => readOld(old, policy, found).then(() => readEntries(get, found, onProgress)),
    () => givesTheRoot(policy, found),
    () => beginsWithOld(found),
  ]);
  const rungs = numbered(LOG_RUNGS, taken);
  return { rungs, verdict: verdict(rungs, policy), ...found };
}

async function readCheckpoint(get, found) {
  const raw = await get('checkpoint');
  if (raw === null) throw new Malformed('there is no checkpoint there: is this the folder or the address of a log?');
  await readSigned(raw, found);
  return held(`The log ${found.checkpoint.origin} states ${found.checkpoint.size} entries.`);
}

/** The earlier checkpoint is looked at before the long work, and fails only its own rung. */
async function readOld(raw, policy, found) {
  if (raw === null) return;
  found.old = {};
  try {
    await readSigned(raw, found.old);
    if (policy !== null) await checkSigned(policy, found.old.note, found.old.checkpoint);
  } catch (error) {
    found.old.error = error;
  }
}

const BUNDLES_AHEAD = 8;

async function readEntries(get, found, onProgress) {
  const { tree, checkpoint: { size } } = found;
  const [ahead, bundles] = [[], (size + 255n) / 256n];
  for (let next = 0n; tree.size < size;) {
    for (; next < bundles && ahead.length < BUNDLES_AHEAD; next += 1n) ahead.push(readLeaves(get, next, size));
    const leaves = await ahead.shift();
    await rememberOld(found, leaves);
    await tree.addLeaves(leaves);
    onProgress(tree.size, size);
  }
  if (found.old?.checkpoint?.size === tree.size) found.old.rootThen = await tree.root();
  return held(`${size} entries were read, one after another, none missing.`);
}

function readLeaves(get, index, size) {
  const width = size - index * 256n < 256n ? Number(size - index * 256n) : 256;
  const leaves = readBundle(get, index, width).then(entries => Promise.all(entries.map(leafHash)));
  leaves.catch(() => {}); // heard when its turn comes
  return leaves;
}

/** Where the earlier state ends among these leaves, keep the root that the first entries have. */
async function rememberOld({ tree, old }, leaves) {
  const wanted = (old?.checkpoint?.size ?? -1n) - tree.size;
  if (wanted < 0n || wanted >= BigInt(leaves.length)) return;
  const then = tree.copy();
  await then.addLeaves(leaves.slice(0, Number(wanted)));
  old.rootThen = await then.root();
}

async function readBundle(get, index, width) {
  const path = bundlePath(index);
  let content = width < 256 ? await get(`${path}.p/${width}`) : null;
  let there = width;
  if (content === null) {
    content = await get(path); // a full bundle may have replaced the partial one
    there = 256;
  }
  if (content === null) throw new Malformed(`${path} is missing`);
  const entries = parseBundle(content, path);
  if (entries.length !== there) throw new Malformed(`${path} has ${entries.length} entries instead of ${there}`);
  return entries.slice(0, width);
}

/** Where a bundle is published: groups of three digits, all but the last after an x (C2SP tlog-tiles). */
function bundlePath(index) {
  const groups = [(index % 1000n).toString().padStart(3, '0')];
  for (let rest = index / 1000n; rest > 0n; rest /= 1000n) groups.unshift(`x${(rest % 1000n).toString().padStart(3, '0')}`);
  return `tile/entries/${groups.join('/')}`;
}

/** Entries, each after two bytes that say its length. */
function parseBundle(content, path) {
  const entries = [];
  for (let at = 0; at < content.length;) {
    const end = at + 2 + (content[at] << 8) + content[at + 1];
    if (!(end <= content.length)) throw new Malformed(`${path} is cut short`);
    entries.push(content.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

async function givesTheRoot(policy, { tree, checkpoint }) {
  const root = await tree.root();
  if (!sameBytes(root, checkpoint.root)) {
    throw new ProofFailed('the entries give another root than the log signed: an entry was changed, added, dropped or moved');
  }
  const which = policy === null ? 'the checkpoint states; who signed that was not checked' : 'was signed';
  return held(`Computed anew from all entries, the root is the one that ${which}.`);
}

function beginsWithOld({ old, checkpoint }) {
  if (old === null) return notAsked('No earlier checkpoint was given to compare with.');
  if (old.error !== undefined) throw old.error;
  const { origin, size, root } = old.checkpoint;
  if (origin !== checkpoint.origin) throw new ProofFailed('the earlier checkpoint is of another log');
  if (size > checkpoint.size) throw new ProofFailed(`the earlier checkpoint has more entries (${size}) than the log now shows`);
  if (!sameBytes(old.rootThen, root)) {
    throw new ProofFailed(`the log now shows other entries among its first ${size} than it signed earlier: keep both checkpoints, they prove it`);
  }
  return held(`The first ${size} entries are those that were signed earlier: nothing of them was changed or dropped.`);
}
