// Trust files (C2SP tlog-policy): which logs are believed, and which of their witnesses must have cosigned.

const NO_QUORUM = 'none';
const URL_FORM = /^[A-Za-z][A-Za-z0-9+.-]*:[^ \t\n]+$/;

class Policy {
  constructor() {
    this.logs = [];
    this.witnesses = new Map(); // name in this file -> key
    this.groups = new Map(); // name -> { needed, members }
    this.quorum = null;
    this.seen = { keys: new Set(), members: new Set() };
  }

  addLog(key, url) {
    this.claimKey(key);
    checkUrl(url);
    this.logs.push(key);
  }

  addWitness(name, key, url) {
    this.claimName(name);
    this.claimKey(key);
    if (key.algorithm === ED25519) throw new Malformed('a witness has a key that signs for logs only');
    checkUrl(url);
    this.witnesses.set(name, key);
  }

  addGroup(name, threshold, members) {
    this.claimName(name);
    const needed = { all: members.length, any: 1 }[threshold] ?? Number(decimal(threshold));
    if (needed < 1 || needed > members.length) throw new Malformed('a group needs more members than it has, or none');
    for (const member of members) {
      if (!this.knows(member)) throw new Malformed('a group has a member that is not named before it');
      if (this.seen.members.has(member)) throw new Malformed('a witness or group is a member twice');
      this.seen.members.add(member);
    }
    this.groups.set(name, { needed, members });
  }

  setQuorum(name) {
    if (this.quorum !== null) throw new Malformed('there is a second quorum');
    if (name !== NO_QUORUM && !this.knows(name)) throw new Malformed('the quorum is not named before it');
    this.quorum = name;
  }

  knows(name) {
    return this.witnesses.has(name) || this.groups.has(name);
  }

  claimName(name) {
    if (name === NO_QUORUM || this.knows(name)) throw new Malformed('a name is used twice, or reserved');
  }

  claimKey(key) {
    const raw = hex(key.raw);
    if (this.seen.keys.has(raw)) throw new Malformed('a key is there twice');
    this.seen.keys.add(raw);
  }

  logsFor(origin) {
    return this.logs.filter(key => key.name === origin);
  }

  /** Whether the witnesses of these names are enough. */
  quorumMet(names) {
    const standing = new Set(names);
    for (const [name, group] of this.groups) {
      if (group.members.filter(member => standing.has(member)).length >= group.needed) standing.add(name);
    }
    return this.quorum === NO_QUORUM || standing.has(this.quorum);
  }
}

function checkUrl(url) {
  if (url !== undefined && !URL_FORM.test(url)) throw new Malformed('an address does not begin with its scheme, such as https:');
}

/** The policy in a file; bytes that aren't UTF-8 are allowed in names and comments, as the specification has it. */
async function parsePolicy(raw) {
  const policy = new Policy();
  for (const [place, line] of splitLines(oneCharacterPerByte(raw)).entries()) {
    try {
      await readPolicyLine(policy, line);
    } catch (error) {
      if (error instanceof Malformed) throw new Malformed(`line ${place + 1}: ${error.message}`);
      throw error;
    }
  }
  if (policy.quorum === null) throw new Malformed('there is no line that says the quorum');
  return policy;
}

function oneCharacterPerByte(raw) {
  let text = '';
  for (let start = 0; start < raw.length; start += 4096) text += String.fromCharCode(...raw.subarray(start, start + 4096));
  return text;
}

const asText = characters => decodeText(Uint8Array.from(characters, character => character.charCodeAt(0)));

async function readPolicyLine(policy, line) {
  if (/[\x00-\x08\x0b-\x1f\x7f]/.test(line)) throw new Malformed('a control character');
  const [word, ...rest] = line.split(/[ \t]+/).filter(part => part !== '');
  if (word === undefined || word.startsWith('#')) return;
  const readers = {
    log: [1, 2, async (key, url) => policy.addLog(await parseKey(asText(key)), url)],
    witness: [2, 3, async (name, key, url) => policy.addWitness(name, await parseKey(asText(key)), url)],
    group: [3, Infinity, async (name, threshold, ...members) => policy.addGroup(name, threshold, members)],
    quorum: [1, 1, async name => policy.setQuorum(name)],
  };
  const [fewest, most, read] = Object.hasOwn(readers, word) ? readers[word] : [1, 0];
  if (rest.length < fewest || rest.length > most) throw new Malformed('an unknown line, or one with too few or too many words');
  await read(...rest);
}

/** Who signed a checkpoint for its log: Map from key to time, and the keys whose signatures this browser can't check. */
async function checkSigned(policy, note, checkpoint) {
  const keys = policy.logsFor(checkpoint.origin);
  if (keys.length === 0) throw new ProofFailed('the trust file names no log of this name');
  const log = await verifyNote(note, checkpoint, keys);
  if (log.verified.size === 0 && log.unchecked.size > 0) throw new NotHere('this browser cannot check any signature of the log');
  if (log.verified.size === 0) throw new ProofFailed('no key that the trust file names has signed it');
  if (checkpoint.extensions.length > 0 && [...log.verified.keys()].every(key => key.algorithm === ML_DSA_44)) {
    throw new ProofFailed('no signature covers the further lines of the checkpoint');
  }
  return { log: log.verified, unchecked: log.unchecked };
}

/** Which witnesses stand by it and since when, whether they are enough, and whether they may be with those that can't be checked here. */
async function checkWitnesses(policy, note, checkpoint) {
  const { verified, unchecked } = await verifyNote(note, checkpoint, [...policy.witnesses.values()]);
  const named = keys => [...policy.witnesses].filter(([, key]) => keys.has(key)).map(([name]) => name);
  const [names, perhaps] = [named(verified), named(unchecked)];
  const times = new Map(names.map(name => [name, verified.get(policy.witnesses.get(name))]));
  return { times, perhaps, met: policy.quorumMet(names), mightBeMet: policy.quorumMet([...names, ...perhaps]) };
}
