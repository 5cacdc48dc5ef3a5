/** `str(value)` of a value that came from JSON: how a published script sees a truth that is not a text. */

/** Whole floats cannot be told from integers after parsing: `3.0` is written `3`. */
export const pythonStr = (value: unknown): string => (typeof value === 'string' ? value : pythonRepr(value));

const pythonRepr = (value: unknown): string => {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([name, member]) => `${quoted(name)}: ${pythonRepr(member)}`)
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
