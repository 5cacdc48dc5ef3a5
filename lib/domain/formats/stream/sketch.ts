/**
 * The first record of a JSON file from its first bytes alone, which may end anywhere: how the file is laid out, the
 * names of the record's fields, and the first character of each value.
 */

export type Layout = 'list' | 'results' | 'lines';
export type Sketch = {
  readonly layout: Layout;
  /** Field name → first character of its value: `"` text, `[` list, `{` object, else number, boolean or null. */
  readonly fields: ReadonlyMap<string, string>;
};

/** Undefined when the text does not begin with a JSON object or a list. */
export const sketchJson = (head: string): Sketch | undefined => {
  const start = skipSpace(head, 0);
  if (head[start] === '[') return { layout: 'list', fields: fieldsAt(head, skipSpace(head, start + 1)) };
  if (head[start] !== '{') return undefined;
  let results = -1;
  const fields = fieldsAt(head, start, (name, value) => {
    if (name === 'results' && head[value] === '[') results = value;
  });
  if (results === -1) return { layout: 'lines', fields };
  return { layout: 'results', fields: fieldsAt(head, skipSpace(head, results + 1)) };
};

const skipSpace = (text: string, from: number): number => {
  let i = from;
  while (i < text.length && text.charCodeAt(i) <= 32) i += 1;
  return i;
};

const fieldsAt = (
  text: string,
  open: number,
  onField?: (name: string, valueIndex: number) => void,
): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  if (text[open] !== '{') return fields;
  let i = open + 1;
  while (i < text.length) {
    i = skipSpace(text, i);
    if (text[i] === ',') {
      i += 1;
      continue;
    }
    if (text[i] !== '"') break;
    const close = endOfString(text, i);
    const name = text.slice(i + 1, close);
    i = skipSpace(text, close + 1);
    if (text[i] !== ':') break;
    i = skipSpace(text, i + 1);
    const first = text[i];
    if (first === undefined) break;
    fields.set(name, first);
    onField?.(name, i);
    i = endOfValue(text, i);
  }
  return fields;
};

/** Index of the closing quote, or the end of the text. */
const endOfString = (text: string, open: number): number => {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i;
  }
  return text.length;
};

/** Index after the value, or the end of the text. */
const endOfValue = (text: string, from: number): number => {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      i = endOfString(text, i);
      if (depth === 0) return i + 1;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      if (depth === 0) return i;
      depth -= 1;
      if (depth === 0) return i + 1;
    } else if (char === ',' && depth === 0) return i;
  }
  return text.length;
};
