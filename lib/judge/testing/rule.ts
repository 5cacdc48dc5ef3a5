/** What the test judge reads of a prompt: the marked reasoning, and the last conclusion in it by one simple rule. */

/** The text between the marked lines of this name; undefined when there is none. */
export const fenced = (prompt: string, name: string): string | undefined => {
  const opened = new RegExp(`^=== ${name} ([0-9a-f]+) ===\n`, 'm').exec(prompt);
  if (!opened) return undefined;
  const from = opened.index + opened[0].length;
  const end = prompt.indexOf(`\n=== END OF ${name} ${opened[1]} ===`, from);
  return end < 0 ? undefined : prompt.slice(from, end);
};

const committed =
  /(?:answer|option|choice|conclu\w*|therefore|thus|hence|so|must be|closest to|is|gives|get)\b[^\w\n]{0,12}(?:is|be|option|to|the|that|:|=|\W){0,6}\s*\(?\b([A-J]|-?\d[\d,.]*)\b/gi;

/** `{"quote", "conclusion"}` as a judge would answer: the last sentence that names a letter or a number. */
export const lastConclusion = (prompt: string): { quote: string; conclusion: string | null } => {
  const reasoning = fenced(prompt, 'REASONING') ?? '';
  const sentences = reasoning.slice(-4_000).split(/(?<=[.!?])\s+|\n+/);
  for (const sentence of sentences.toReversed()) {
    const values = [...sentence.matchAll(committed)].map((match) => match[1] ?? '');
    const value = values.findLast((one) => /^[A-J\d-]/.test(one)); // `a` is a word
    if (value) return { quote: sentence.trim(), conclusion: value.replace(/[.,]+$/, '') };
  }
  return { quote: '', conclusion: null };
};
