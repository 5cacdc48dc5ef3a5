/** Length of the thinking in tokens when the trainer's count is missing. */
import { charClasses, DIGIT, OTHER, WIDE } from './char-class';
import type { Span } from './response';
import type { Tokens } from './tokens';

/**
 * Estimates how many tokens a BPE tokenizer of the Qwen family makes of a part of a text: one per word and one more for
 * every further eight letters, one per digit, one per mark, three per four CJK characters; a space belongs to the
 * word behind it. An estimate, always labelled so.
 */
export const estimateTokens = (text: string, tokens: Tokens, { start, end }: Span): number => {
  const first = firstFrom(tokens, start);
  let sum = 0;
  let wide = 0;
  let at = first;
  for (; at < tokens.count; at += 1) {
    const from = tokens.starts[at] ?? 0;
    if (from >= end) break;
    const length = (tokens.ends[at] ?? 0) - from;
    const kind = charClasses[text.charCodeAt(from)];
    if (kind === WIDE) wide += 1;
    else if (kind !== OTHER) sum += kind === DIGIT ? length : 1 + ((length - 1) >> 3);
  }
  if (at === first) return 0;
  // Marks behind the last token are at most a full stop or a closing bracket: one. Words made of marks count as marks.
  const marks = (tokens.marks[at - 1] ?? 0) - (tokens.marks[first] ?? 0) + 1;
  return sum + marks + Math.ceil(wide * 0.75);
};

const firstFrom = (tokens: Tokens, start: number): number => {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens.starts[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
};
