// JSON from strangers: one meaning or none. Keys given twice and numbers with a point are refused, which JSON.parse lets pass.

const DEEPEST = 32;
const WORDS = new Map([['true', true], ['false', false], ['null', null]]);

/** Objects become Maps, whole numbers BigInts. */
class JsonReader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  whole() {
    const value = this.value(0);
    this.space();
    if (this.at !== this.text.length) this.refuse();
    return value;
  }

  value(depth) {
    this.space();
    if (depth > DEEPEST) this.refuse();
    const next = this.text[this.at];
    if (next === '{') return this.object(depth);
    if (next === '[') return this.list(depth);
    if (next === '"') return this.string();
    return this.word();
  }

  object(depth) {
    const found = new Map();
    this.series('}', () => {
      this.space();
      const key = this.string();
      if (found.has(key)) this.refuse();
      this.space();
      this.take(':');
      found.set(key, this.value(depth + 1));
    });
    return found;
  }

  list(depth) {
    const found = [];
    this.series(']', () => found.push(this.value(depth + 1)));
    return found;
  }

  series(end, readOne) {
    this.at += 1;
    this.space();
    if (this.text[this.at] !== end) {
      readOne();
      for (this.space(); this.text[this.at] === ','; this.space()) {
        this.at += 1;
        readOne();
      }
    }
    this.take(end);
  }

  string() {
    const start = this.at;
    this.take('"');
    while (this.text[this.at] !== '"') {
      if (this.at >= this.text.length || this.text[this.at] < ' ') this.refuse();
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    }
    this.at += 1;
    try {
      return JSON.parse(this.text.slice(start, this.at)); // sees to the escapes
    } catch {
      return this.refuse();
    }
  }

  word() {
    const [word] = /^[-+.a-zA-Z0-9]*/.exec(this.text.slice(this.at, this.at + 40));
    this.at += word.length;
    if (WORDS.has(word)) return WORDS.get(word);
    return /^-?(?:0|[1-9][0-9]*)$/.test(word) ? BigInt(word) : this.refuse();
  }

  space() {
    while (this.at < this.text.length && ' \t\n\r'.includes(this.text[this.at])) this.at += 1;
  }

  take(character) {
    if (this.text[this.at] !== character) this.refuse();
    this.at += 1;
  }

  refuse() {
    throw new Malformed('the file is not what it should be inside: it may be cut short, altered, or another kind of file');
  }
}

const readJson = raw => new JsonReader(decodeText(raw)).whole();

/** The bytes of canonical JSON (RFC 8785) for a value as `readJson` gives it. */
const canonicalJson = value => encodeText(canonicalText(value));

function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (value instanceof Map) {
    const keys = [...value.keys()].sort(); // by UTF-16 code units, as the standard wants
    return `{${keys.map(key => `${canonicalText(key)}:${canonicalText(value.get(key))}`).join(',')}}`;
  }
  if (typeof value === 'bigint' && (value >= 2n ** 53n || value <= -(2n ** 53n))) throw new Malformed('a number is too large');
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) throw new Malformed('a text has half a character');
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
