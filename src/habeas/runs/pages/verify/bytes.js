// The small encodings, each with one spelling only: what could be written in two ways can be altered without a signature noticing.

class Malformed extends Error {}
class ProofFailed extends Error {}
class NotHere extends Error {} // what this browser can't compute; says nothing of the evidence

const MOST = 2n ** 63n - 1n;
const HASH_BYTES = 32;

const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const writeText = new TextEncoder();

/** Text as UTF-8. */
const encodeText = text => writeText.encode(text);

/** The text of a file; refuses what isn't UTF-8. */
function decodeText(raw) {
  try {
    return strictText.decode(raw);
  } catch {
    throw new Malformed('the file is not text in UTF-8');
  }
}

/** Lines ended by a line feed and by nothing else; the last one must be ended too. */
function splitLines(text) {
  if (text !== '' && !text.endsWith('\n')) throw new Malformed('the last line is not ended: the file may be cut short');
  return text.split('\n').slice(0, -1);
}

/** A size, index or time as a BigInt: ASCII digits without sign or leading zero, below 2^63. */
function decimal(text) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text) || BigInt(text) > MOST) throw new Malformed('a number is not written in plain digits');
  return BigInt(text);
}

/** Bytes as standard Base 64 with padding. */
function encodeBase64(raw) {
  let characters = '';
  for (let start = 0; start < raw.length; start += 4096) characters += String.fromCharCode(...raw.subarray(start, start + 4096));
  return btoa(characters);
}

/** The bytes that Base 64 stands for; refuses every spelling but that of `encodeBase64`. */
function decodeBase64(text) {
  let raw = null;
  try {
    raw = Uint8Array.from(atob(text), character => character.charCodeAt(0));
  } catch {
    throw new Malformed('a value is not Base 64');
  }
  if (encodeBase64(raw) !== text) throw new Malformed('a value in Base 64 has a second spelling');
  return raw;
}

/** A SHA-256 hash in Base 64. */
function decodeHash(text) {
  const raw = decodeBase64(text);
  if (raw.length !== HASH_BYTES) throw new Malformed(`a hash has ${raw.length} bytes instead of ${HASH_BYTES}`);
  return raw;
}

/** One array of all the parts; a text counts as its UTF-8 bytes. */
function join(...parts) {
  const arrays = parts.map(part => (typeof part === 'string' ? encodeText(part) : part));
  const whole = new Uint8Array(arrays.reduce((length, array) => length + array.length, 0));
  let end = 0;
  for (const array of arrays) {
    whole.set(array, end);
    end += array.length;
  }
  return whole;
}

/** A number as so many bytes, the highest first. */
function bigEndian(number, length) {
  const raw = new Uint8Array(length);
  for (let rest = BigInt(number), place = length - 1; place >= 0; place -= 1, rest >>= 8n) raw[place] = Number(rest & 255n);
  return raw;
}

/** The number that bytes stand for, the highest first. */
const fromBigEndian = raw => raw.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

/** Whether two arrays hold the same bytes. */
const sameBytes = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

/** Bytes as lower-case hexadecimal digits. */
const hex = raw => Array.from(raw, byte => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256, by the browser. */
async function sha256(raw) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', raw));
}
