// The tree of RFC 9162, section 2.1: hashes of entries, joined two by two up to one root.

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

const leafHash = entry => sha256(join(LEAF, entry));
const nodeHash = (left, right) => sha256(join(NODE, left, right));

/** The root to which a leaf's path leads (RFC 9162, section 2.1.3.2). */
async function rootFromInclusion({ leaf, index, size, path }) {
  if (index >= size) throw new ProofFailed('the place of the entry lies outside the log');
  let [place, last, hash] = [index, size - 1n, leaf];
  for (const sibling of path) {
    if (last === 0n) throw new ProofFailed('the path is too long');
    const onTheRight = (place & 1n) === 1n || place === last;
    hash = onTheRight ? await nodeHash(sibling, hash) : await nodeHash(hash, sibling);
    for (; onTheRight && (place & 1n) === 0n && place !== 0n; place >>= 1n) last >>= 1n;
    place >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw new ProofFailed('the path is too short');
  return hash;
}

/** Refuses a path that leads from the leaf to another root. */
async function verifyInclusion({ leaf, index, size, path, root }) {
  const reached = await rootFromInclusion({ leaf, index, size, path });
  if (!sameBytes(reached, root)) throw new ProofFailed('the path leads to another root');
}

/** A tree that only grows, kept as the hashes of its largest complete parts: memory stays flat whatever its size. */
class GrowingTree {
  constructor(parts = [], size = 0n) {
    this.parts = parts; // { height, hash }, the largest first
    this.size = size;
  }

  copy() {
    return new GrowingTree([...this.parts], this.size);
  }

  /** Add a complete part of 2^height leaves; what is there already must be a multiple of it. */
  async add(hash, height = 0) {
    this.size += 1n << BigInt(height);
    let part = { height, hash };
    while (this.parts.length > 0 && this.parts.at(-1).height === part.height) {
      part = { height: part.height + 1, hash: await nodeHash(this.parts.pop().hash, part.hash) };
    }
    this.parts.push(part);
  }

  /** Add leaves in their order; a whole bundle of 256 at its place is hashed level by level, which browsers do faster. */
  async addLeaves(hashes) {
    if (hashes.length === 256 && this.size % 256n === 0n) {
      await this.add(await rootOfPowerOfTwo(hashes), 8);
    } else {
      for (const hash of hashes) await this.add(hash);
    }
  }

  async root() {
    if (this.parts.length === 0) return sha256(new Uint8Array());
    let hash = this.parts.at(-1).hash;
    for (const part of this.parts.slice(0, -1).reverse()) hash = await nodeHash(part.hash, hash);
    return hash;
  }
}

async function rootOfPowerOfTwo(hashes) {
  let level = hashes;
  while (level.length > 1) {
    const above = [];
    for (let left = 0; left < level.length; left += 2) above.push(nodeHash(level[left], level[left + 1]));
    level = await Promise.all(above);
  }
  return level[0];
}
