/**
 * Takes a response `<think> r </think><answer> a </answer>` apart. Only `indexOf` is used, never a regular
 * expression over the whole text: responses are hostile and may be megabytes long.
 */

/** UTF-16 offsets into the response, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number };

export type ParsedResponse = {
  /** Exactly one think block then one answer block, nothing but white space before, between and after. */
  readonly wellFormed: boolean;
  /** Inside of the thinking, tags excluded; null when the response has no thinking. */
  readonly think: Span | null;
  /** Inside of the answer, tags and surrounding white space excluded; null when there is no answer block. */
  readonly answer: Span | null;
  /** False when `answer` runs to the end of the text because `</answer>` never came. */
  readonly answerClosed: boolean;
  /** The thinking or the answer never closed. */
  readonly cutOff: boolean;
};

const THINK = '<think>';
const THINK_END = '</think>';
const ANSWER = '<answer>';
const ANSWER_END = '</answer>';

/**
 * Reads one response. Tags are matched as written (lower case, no attributes). Where the form is broken:
 * - thinking starts at the first `<think>`, or at 0 when only `</think>` stands (a prompt may prefill the opening tag);
 * - unclosed thinking ends at the first `<answer>`, else at the end of the text;
 * - of several answers the last one that is closed counts: models restate, the last is what they commit to;
 * - with no closed answer, the last open one is given with `answerClosed: false`.
 */
export const parseResponse = (response: string): ParsedResponse => {
  const wellFormed = parseWellFormed(response);
  if (wellFormed) return wellFormed;
  const { think, thinkClosed } = findThink(response);
  const { answer, answerClosed } = findAnswer(response, thinkClosed && think ? think.end : 0);
  const cutOff = !thinkClosed || (answer !== null && !answerClosed) || endsBeforeAnswer(response, think, answer);
  return { wellFormed: false, think, answer, answerClosed, cutOff };
};

const parseWellFormed = (text: string): ParsedResponse | undefined => {
  const open = text.indexOf('<');
  if (open < 0 || !text.startsWith(THINK, open) || !isBlank(text, 0, open)) return undefined;
  const thinkStart = open + THINK.length;
  const thinkEnd = text.indexOf(THINK_END, thinkStart);
  if (thinkEnd < 0) return undefined;
  const answerTag = text.indexOf(ANSWER, thinkStart);
  if (answerTag < thinkEnd || !isBlank(text, thinkEnd + THINK_END.length, answerTag)) return undefined;
  const answerStart = answerTag + ANSWER.length;
  const answerEnd = text.indexOf(ANSWER_END, thinkStart);
  if (answerEnd < answerStart || !isBlank(text, answerEnd + ANSWER_END.length, text.length)) return undefined;
  // A tag inside the answer, or a second opening tag inside the thinking, makes a second block.
  if (text.indexOf(THINK, thinkStart) >= 0) return undefined;
  const nested = text.indexOf(ANSWER, answerStart) >= 0 || text.indexOf(THINK_END, answerStart) >= 0;
  if (nested) return undefined;
  return {
    wellFormed: true,
    think: { start: thinkStart, end: thinkEnd },
    answer: trimSpan(text, answerStart, answerEnd),
    answerClosed: true,
    cutOff: false,
  };
};

const findThink = (text: string): { think: Span | null; thinkClosed: boolean } => {
  const open = text.indexOf(THINK);
  const start = open < 0 ? 0 : open + THINK.length;
  const close = text.indexOf(THINK_END, start);
  if (close >= 0) return { think: { start, end: close }, thinkClosed: true };
  if (open < 0) return { think: null, thinkClosed: true };
  const answer = text.indexOf(ANSWER, start);
  return { think: { start, end: answer < 0 ? text.length : answer }, thinkClosed: false };
};

const findAnswer = (text: string, from: number): { answer: Span | null; answerClosed: boolean } => {
  const close = text.lastIndexOf(ANSWER_END);
  const open = close < 0 ? -1 : text.lastIndexOf(ANSWER, close);
  if (open >= 0 && close >= open + ANSWER.length) {
    const start = open + ANSWER.length;
    return { answer: trimSpan(text, start, text.indexOf(ANSWER_END, start)), answerClosed: true };
  }
  const last = text.lastIndexOf(ANSWER);
  if (last < from) return { answer: null, answerClosed: true };
  return { answer: trimSpan(text, last + ANSWER.length, text.length), answerClosed: false };
};

/** Thinking closed, and then the text stops before, or inside, the answer's opening tag. */
const endsBeforeAnswer = (text: string, think: Span | null, answer: Span | null): boolean => {
  if (!think || answer) return false;
  const rest = trimSpan(text, Math.min(think.end + THINK_END.length, text.length), text.length);
  return rest.end - rest.start < ANSWER.length && ANSWER.startsWith(text.slice(rest.start, rest.end));
};

/** White space as `String.prototype.trim` sees it, with a fast path for ASCII. */
const isSpaceAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code >= 160 && text.charAt(at).trim() === '';
};

const isBlank = (text: string, start: number, end: number): boolean => {
  for (let at = start; at < end; at += 1) if (!isSpaceAt(text, at)) return false;
  return true;
};

/** The span without the white space at both of its ends. */
export const trimSpan = (text: string, start: number, end: number): Span => {
  let from = start;
  let to = end;
  while (from < to && isSpaceAt(text, from)) from += 1;
  while (to > from && isSpaceAt(text, to - 1)) to -= 1;
  return { start: from, end: to };
};
