/** Options of a choice question: taken out of running text, and freed of the letters in front of them. */
import { optionLetter } from '@/lib/domain/question';

/** `A. `, `A) `, `A: `, `(A) ` in front of an option; an option may be nothing but its letter. */
const LETTERED = /^\s*(?:\(([A-Z])\)|([A-Z])[.):])(?:\s+|$)/;

type Lettered = { readonly letter: string; readonly rest: string };

const lettered = (line: string): Lettered | undefined => {
  const match = LETTERED.exec(line);
  const letter = match?.[1] ?? match?.[2];
  return match === null || letter === undefined ? undefined : { letter, rest: line.slice(match[0].length).trim() };
};

/**
 * Option texts without letters. Only when every option carries its own letter (A, B, C, …): `C. elegans` alone is
 * no letter. Doubled letters (`A. A. Apples.`) go too, and inner letters that go A, B and on with gaps, as one
 * benchmark row has them (`C. D. It should…`), for they would name the wrong option. Initials stay: `A. L. Pasteur`.
 */
export const stripLetters = (options: readonly string[]): string[] => {
  const outer = options.map(lettered);
  const texts = outer.every((option, index) => option?.letter === optionLetter(index))
    ? outer.map((option) => option?.rest ?? '')
    : options.map((option) => option.trim());
  const inner = texts.map(lettered);
  return countsUp(inner) ? inner.map((option) => option?.rest ?? '') : texts;
};

const countsUp = (inner: readonly (Lettered | undefined)[]): boolean =>
  inner.length > 1 &&
  inner[0]?.letter === 'A' &&
  inner[1]?.letter === 'B' &&
  inner.every((option, index) => {
    const before = inner[index - 1]?.letter;
    return option !== undefined && option.rest !== '' && (before === undefined || before < option.letter);
  });

/** Instructions that stand after the options; they are about the reply's form, not part of an option. */
const INSTRUCTION = /^\s*(?:Answer with|Please |Answer the question|Select |Choose |Provide )/i;

/**
 * Splits `question + options` text. Options are lines that count up from A; a line between them continues the
 * option above it. Undefined when the text has no two such lines. Text after the options, and `Options:` before
 * them, is dropped only when it is an instruction or that heading; other text stays in the prompt.
 */
export const splitOptions = (text: string): { prompt: string; options: string[] } | undefined => {
  const lines = text.split('\n');
  const first = lines.findIndex((_, index) => startsList(lines, index));
  if (first === -1) return undefined;
  const options: string[] = [];
  let index = first;
  for (; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (lettered(line)?.letter === optionLetter(options.length)) options.push(line);
    else if (line.trim() === '' || INSTRUCTION.test(line)) break;
    else options.push(`${options.pop() ?? ''}\n${line}`);
  }
  const before = lines
    .slice(0, first)
    .join('\n')
    .replace(/\s*Options:\s*$/, '')
    .trim();
  const after = lines
    .slice(index)
    .filter((line) => !INSTRUCTION.test(line))
    .join('\n')
    .trim();
  return { prompt: [before, after].filter((part) => part !== '').join('\n'), options: stripLetters(options) };
};

/** An A that a B follows: a lone `A.` may be an abbreviation at the start of a line. */
const startsList = (lines: readonly string[], index: number): boolean => {
  if (lettered(lines[index] ?? '')?.letter !== 'A') return false;
  for (let later = index + 1; later < lines.length; later++) {
    const letter = lettered(lines[later] ?? '')?.letter;
    if (letter !== undefined) return letter === 'B';
  }
  return false;
};
