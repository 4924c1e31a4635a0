// Public keys as signed notes name them (C2SP signed-note), and signatures checked by the browser's own cryptography.

const ED25519 = 1;
const COSIGNATURE = 4; // Ed25519 over a time and the text
const ML_DSA_44 = 6; // ML-DSA-44 over name, time, origin, size and root
const PUBLIC_BYTES = new Map([[ED25519, 32], [COSIGNATURE, 32], [ML_DSA_44, 1312]]);
const SIGNATURE_BYTES = new Map([[ED25519, 64], [COSIGNATURE, 64], [ML_DSA_44, 2420]]);

const P = 2n ** 255n - 19n; // the field of Ed25519 (RFC 8032, section 5.1)
const D = mod(-121665n * power(121666n, P - 2n));

function mod(number) {
  return ((number % P) + P) % P;
}

function power(base, exponent) {
  let [result, square] = [1n, mod(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n, square = mod(square * square)) {
    if ((rest & 1n) === 1n) result = mod(result * square);
  }
  return result;
}

/** Refuses Ed25519 keys under which anybody can sign, second spellings of a key, and what is no key at all. */
function refuseWeakKey(raw) {
  const y = fromBigEndian(Uint8Array.from(raw).reverse()) & ((1n << 255n) - 1n);
  if (y >= P) throw new Malformed('a key is a second spelling of another key');
  if (isOfSmallOrder(y)) throw new Malformed('a key is one under which signatures can be forged');
  const squareOfX = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  if (power(squareOfX, (P - 1n) / 2n) !== 1n) throw new Malformed('a key is no point of the curve');
}

/** Whether eight times the point is the neutral one: y is 0, 1 or -1, or twice the point has y = 0, that is D y^4 + 2 y^2 = 1. */
function isOfSmallOrder(y) {
  return y === 0n || y === 1n || y === P - 1n || mod(D * power(y, 4n) + 2n * y * y) === 1n;
}

/** Refuses what can't be a key's name: empty, with white space of any script, control characters or `+`. */
function refuseBadName(name) {
  if (name === '' || /[\p{White_Space}\p{Cc}+]/u.test(name)) throw new Malformed('a key has a name that no key can have');
}

/** A key: name, algorithm, raw bytes, and the four bytes (as hexadecimal digits) that find it again. */
async function makeKey(name, algorithm, raw) {
  refuseBadName(name);
  if (raw.length !== PUBLIC_BYTES.get(algorithm)) throw new Malformed('a key has the wrong length, or is of a kind not known here');
  if (algorithm !== ML_DSA_44) refuseWeakKey(raw);
  const named = join(name, '\n', Uint8Array.of(algorithm), raw);
  return { name, algorithm, raw, id: hex((await sha256(named)).subarray(0, 4)) };
}

/** The key that `name+key ID+base64(type || key)` stands for. */
async function parseKey(text) {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([^\n]+)$/.exec(text);
  if (parts === null) throw new Malformed('a key is not written as name+key ID+key');
  const typed = decodeBase64(parts[3]);
  const key = await makeKey(parts[1], typed[0], typed.subarray(1));
  if (key.id !== parts[2]) throw new Malformed('a key and its key ID do not belong together');
  return key;
}

/** Whether the holder of the key made this signature over the message; `NotHere` where the browser lacks the algorithm. */
async function signatureHolds(key, message, signature) {
  if (signature.length !== SIGNATURE_BYTES.get(key.algorithm)) return false;
  const [format, name] = key.algorithm === ML_DSA_44 ? ['raw-public', 'ML-DSA-44'] : ['raw', 'Ed25519'];
  try {
    const imported = await crypto.subtle.importKey(format, key.raw, { name }, false, ['verify']);
    return await crypto.subtle.verify({ name }, imported, signature, message);
  } catch {
    throw new NotHere(`this browser cannot check signatures made with ${name}`);
  }
}
