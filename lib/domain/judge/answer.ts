/** What a judge answers: the form that is asked for, and whatever a model made of it. */
import { z } from 'zod';
import type { JudgedText } from './prompt';
import { lettersOf } from './prompt';

/** As it is kept: `open` means that the judge found no conclusion, `malformed` that it did not answer in the form. */
export const judgeAnswerStates = ['concluded', 'open', 'malformed'] as const;
export const judgeAnswerSchema = z.object({
  state: z.enum(judgeAnswerStates),
  concluded: z.string().nullable(),
  quote: z.string().nullable(),
  raw: z.string(),
});
export type JudgeAnswer = z.infer<typeof judgeAnswerSchema>;

/** Longest raw text that is kept, in UTF-16 units: of a longer one the end, where the answer stands. */
const MAX_RAW = 16_000;
const MAX_CONCLUDED = 500;
const MAX_QUOTE = 4_000;

const answerSchema = z.object({
  conclusion: z.union([z.string(), z.number()]).nullable(),
  quote: z.string().nullish(),
});

/**
 * The JSON schema for servers that hold a model to one. `quote` comes first: a model that has to find the sentence
 * before it names the conclusion names it better.
 */
export const answerJsonSchema = ({ kind, options }: Pick<JudgedText, 'kind' | 'options'>) => {
  const letters = kind === 'choice' ? lettersOf(options) : [];
  const conclusion =
    letters.length > 0
      ? { type: ['string', 'null'], enum: [...letters, null] }
      : { type: ['string', 'null'], maxLength: MAX_CONCLUDED };
  return {
    type: 'object',
    properties: { quote: { type: 'string', maxLength: MAX_QUOTE }, conclusion },
    required: ['quote', 'conclusion'],
    additionalProperties: false,
  } as const;
};

/** Text that a database holds, of a bounded length. */
const storable = (text: string, length: number): string =>
  text.slice(0, length).toWellFormed().replaceAll('\0', '\ufffd');

/**
 * Reads an answer: plain JSON, JSON in a fence, or JSON somewhere in prose, of which the last object in the form
 * counts. Anything else is `malformed`, its text kept. Never throws; time is linear in a bounded text.
 */
export const parseJudgeAnswer = (text: string): JudgeAnswer => {
  const raw = storable(text.slice(-MAX_RAW), MAX_RAW);
  const found = findAnswer(raw);
  if (!found) return { state: 'malformed', concluded: null, quote: null, raw };
  const { conclusion } = found;
  const concluded = conclusion === null ? '' : storable(withoutSlips(String(conclusion)).trim(), MAX_CONCLUDED);
  const quote = storable((found.quote ?? '').trim(), MAX_QUOTE);
  return concluded === ''
    ? { state: 'open', concluded: null, quote: quote || null, raw }
    : { state: 'concluded', concluded, quote: quote || null, raw };
};

/** Objects at an opening brace; so many openings are tried from either end: prose before the answer may be full of LaTeX. */
const MAX_STARTS = 64;

const startsIn = (raw: string): readonly number[] => {
  const all = [...raw.matchAll(/\{/g)].map(({ index }) => index);
  return all.length <= 2 * MAX_STARTS ? all : [...all.slice(0, MAX_STARTS), ...all.slice(-MAX_STARTS)];
};

const findAnswer = (raw: string): z.infer<typeof answerSchema> | undefined => {
  const whole = readObject(raw.trim());
  if (whole) return whole;
  let found: z.infer<typeof answerSchema> | undefined;
  let from = 0;
  for (const at of startsIn(raw)) {
    const end = at < from ? undefined : objectEnd(raw, at);
    const read = end === undefined ? undefined : readObject(raw.slice(at, end));
    if (!read || end === undefined) continue;
    found = read;
    from = end;
  }
  return found;
};

/** Where the object that opens at `start` closes; undefined when it does not. */
const objectEnd = (text: string, start: number): number | undefined => {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
};

const readObject = (text: string): z.infer<typeof answerSchema> | undefined => {
  const value = parse(text) ?? parse(withEscapes(text));
  return answerSchema.safeParse(value).data;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: the caller has other places to look.
  }
};

/** Models write LaTeX into JSON as it is: a backslash before what JSON escapes by no letter is meant as one. */
const withEscapes = (text: string): string =>
  text.replace(/\\(?:(["\\/])|([^"\\/]))/g, (match, known) => (known ? match : `\\${match}`));

const slips: Readonly<Record<string, string>> = { '\f': '\\f', '\b': '\\b', '\t': '\\t', '\r': '\\r', '\n': '\\n' };

/** Undoes what JSON made of unescaped LaTeX: the form feed of `\frac`, the tab of `\times`, before a letter. */
export const withoutSlips = (text: string): string =>
  text.replace(/[\f\b\t\r\n](?=[a-z])/g, (slip) => slips[slip] ?? slip);
