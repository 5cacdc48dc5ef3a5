/** JSON with one form per value, so that equal data has equal bytes and a sha256 that can be compared. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * `value` with keys in the order of their UTF-16 units, two spaces of indent, and one `\n` at the end. Members that
 * are undefined are left out. Throws `TypeError` for NaN and infinities, which JSON would turn into null unseen.
 */
export const canonicalJson = (value: JsonValue): string => `${write(value, '')}\n`;

const write = (value: JsonValue, indent: string): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  // Written by hand: an object of sorted keys would still put keys that look like integers first.
  const [open, close, lines] = isArray(value)
    ? ['[', ']', value.map((item) => write(item, inner))]
    : ['{', '}', membersOf(value, inner)];
  return lines.length === 0
    ? open + close
    : `${open}\n${lines.map((line) => inner + line).join(',\n')}\n${indent}${close}`;
};

const membersOf = (value: { readonly [key: string]: JsonValue | undefined }, indent: string): string[] =>
  Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}: ${write(member, indent)}`];
    });

// Array.isArray does not narrow readonly arrays.
const isArray = (value: object): value is readonly JsonValue[] => Array.isArray(value);
