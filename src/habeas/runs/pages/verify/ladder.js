// The ladder of verification: the same seven rungs, with the same outcomes, as `habeas verify` climbs.

const HELD = 'held';
const FAILED = 'failed';
const NOT_REACHED = 'not-reached'; // nothing is known: a rung below failed
const NOT_ASKED = 'not-asked'; // there is nothing to check
const NOT_HERE = 'not-checked-here'; // this browser can't compute it; another program can

const RUNGS = [
  'The file can be read',
  'The log signed this state of itself',
  'Enough witnesses signed the same state',
  "The entry's place lies within that state",
  'The entry is in the log, unaltered',
  'The entry commits to personal fields',
  'The fields shown are those committed to',
];

const step = (outcome, detail) => ({ outcome, detail });
const held = detail => step(HELD, detail);
const failed = detail => step(FAILED, detail);
const notAsked = detail => step(NOT_ASKED, detail);

/** A step that fails with what was found wrong; anything else that is thrown is a fault of this page and goes on. */
async function attempt(climb) {
  try {
    return await climb();
  } catch (error) {
    if (error instanceof NotHere) return step(NOT_HERE, `${sentence(error.message)} Use another browser, or the program habeas.`);
    if (error instanceof Malformed || error instanceof ProofFailed) return failed(sentence(error.message));
    throw error;
  }
}

const sentence = words => `${words[0].toUpperCase()}${words.slice(1)}.`;

/** Rungs with their numbers and names; those that weren't climbed any more are said to be so. */
function numbered(names, steps) {
  const unreached = step(NOT_REACHED, 'Not looked at, because an earlier step was not taken.');
  return names.map((name, place) => ({ number: place + 1, name, ...(steps[place] ?? unreached) }));
}

/** Climb step after step until one fails. */
async function climb(steps) {
  const taken = [];
  for (const one of steps) {
    taken.push(await attempt(one));
    if (taken.at(-1).outcome === FAILED) break;
  }
  return taken;
}

/** What the rungs come to: 'held', 'failed', 'unanchored' (no trust file) or 'not-checked-here'. */
function verdict(rungs, policy) {
  const outcomes = new Set(rungs.map(rung => rung.outcome));
  if (outcomes.has(FAILED)) return FAILED;
  if (policy === null) return 'unanchored';
  return outcomes.has(NOT_HERE) ? NOT_HERE : HELD;
}

/**
 * Check an evidence file, or a bare proof file together with its entry. Nothing is trusted but the policy; without one (null),
 * nothing is proven, and the rest is checked all the same.
 */
async function verifyEvidence({ raw, policy, entry = null }) {
  const found = { checkpoint: null, evidence: null, times: new Map() };
  const taken = await climb([
    () => readEvidence(raw, entry, found),
    () => signedByTheLog(policy, found),
    () => signedByWitnesses(policy, found),
    () => withinTheLog(found),
    () => inTheLog(entry, policy, found),
    () => commitsToFields(found),
    () => showsThoseFields(policy, found),
  ]);
  const rungs = numbered(RUNGS, taken);
  return { rungs, verdict: verdict(rungs, policy), ...found };
}

async function readEvidence(raw, entry, found) {
  if (sameBytes(raw.subarray(0, 19), encodeText('c2sp.org/tlog-proof'))) {
    if (entry === null) throw new Malformed('a bare proof file holds no entry: give the entry too');
    found.evidence = { entry: refuseLongEntry(entry), proof: parseProof(raw), openings: [] };
  } else {
    found.evidence = parseEvidence(raw);
  }
  await readSigned(found.evidence.proof.checkpoint, found);
  return held(`It states record number ${found.evidence.proof.index} of the log ${found.checkpoint.origin}.`);
}

async function readSigned(raw, found) {
  found.note = parseNote(raw);
  found.checkpoint = await parseCheckpoint(found.note.text);
}

async function signedByTheLog(policy, found) {
  if (policy === null) return notAsked("No trust file was given, so nobody's signature was checked: the file may be made up.");
  const { log, unchecked } = await checkSigned(policy, found.note, found.checkpoint);
  const more = unchecked.size === 0 ? '' : ' This browser cannot check its ML-DSA-44 signature as well.';
  const keys = log.size === 1 ? 'a key' : `${log.size} keys`;
  return held(`${found.checkpoint.origin} signed, with ${keys} you trust, that it has ${found.checkpoint.size} entries.${more}`);
}

async function signedByWitnesses(policy, found) {
  if (policy === null) return notAsked('No trust file was given, so no witness was looked for.');
  const { times, perhaps, met, mightBeMet } = await checkWitnesses(policy, found.note, found.checkpoint);
  found.times = times;
  const who = `${times.size} of the ${policy.witnesses.size} witnesses you trust signed`;
  if (met && times.size === 0) return held("Your trust file asks for no witness: the log's word alone stands behind this state.");
  if (met) return held(`${who}, as many as you ask for or more.`);
  if (mightBeMet) throw new NotHere(`${who}, and this browser cannot check those of ${perhaps.length} more`);
  return failed(`${who}, fewer than you ask for: the log may be showing others something else.`);
}

function withinTheLog({ evidence, checkpoint }) {
  const [index, size] = [evidence.proof.index, checkpoint.size];
  if (index >= size) return failed(`The file claims record number ${index}, counted from 0, of a log that had ${size}: there was none.`);
  return held(`Record number ${index}, counted from 0, is one of the ${size}.`);
}

async function inTheLog(entry, policy, { evidence, checkpoint }) {
  if (entry !== null && !sameBytes(entry, evidence.entry)) return failed('The entry that you gave is not the one in the file.');
  const { index, path } = evidence.proof;
  await verifyInclusion({ leaf: await leafHash(evidence.entry), index, size: checkpoint.size, path, root: checkpoint.root });
  const root = policy === null ? 'the root that the file states; who signed that was not checked' : 'the root that was signed: not one letter was changed';
  return held(`From this entry, ${path.length} ${path.length === 1 ? 'hash leads' : 'hashes lead'} to ${root}.`);
}

function commitsToFields({ evidence }) {
  if (evidence.openings.length === 0) return notAsked('No personal field is shown.');
  if (fieldsOf(evidence.entry) === null) return failed('Fields are shown, but the entry commits to none: they prove nothing.');
  return held('The entry commits to personal fields, without showing them.');
}

async function showsThoseFields(policy, { evidence }) {
  if (evidence.openings.length === 0) return notAsked('No personal field is shown.');
  const root = fieldsOf(evidence.entry);
  for (const opening of evidence.openings) {
    try {
      await verifyOpening(opening, root);
    } catch (error) {
      if (!(error instanceof ProofFailed)) throw error;
      return failed(`The field ${opening.group}/${opening.name} is not what was recorded.`);
    }
  }
  const how = policy === null ? 'They agree with the entry in this file' : 'Recorded exactly as shown';
  return held(`${how}: ${evidence.openings.map(one => `${one.group}/${one.name}`).join(', ')}.`);
}
