/** `str(value)` of a value that came from JSON: how a published script sees a truth that is not a text. */

/** Whole floats cannot be told from integers after parsing: `3.0` is written `3`. */
export const pythonStr = (value: unknown): string => (typeof value === 'string' ? value : pythonRepr(value));

/** A truth nested deeper is no answer: Python's own writer ends such a thing with dots, or with an error. */
const MAX_DEPTH = 200;

const pythonRepr = (value: unknown, depth = 0): string => {
  if (depth > MAX_DEPTH) return '...';
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map((member) => pythonRepr(member, depth + 1)).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([name, member]) => `${quoted(name)}: ${pythonRepr(member, depth + 1)}`)
      .join(', ')}}`;
  }
  return String(value);
};

/** Single quotes, unless only those are inside. */
const quoted = (text: string): string => {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
  if (!escaped.includes("'")) return `'${escaped}'`;
  return escaped.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`;
};
