/** From what a file says about a question to our question: kind, options without letters, truth, key. */

import { digest } from '@/lib/domain/formats/digest';
import type { ImportedQuestion } from '@/lib/domain/formats/import-record';
import { letterList } from '@/lib/domain/letter-list';
import { type Kind, type Modality, optionLetter } from '@/lib/domain/question';
import { splitOptions, stripLetters } from './options';

/** What a row states; null where it is silent. */
export type StatedQuestion = {
  /** The file's own id; becomes part of the key. */
  readonly id: string | null;
  /** Used as the key as it stands, where the file carries one of ours. */
  readonly key?: string | null;
  readonly prompt: string;
  readonly options: readonly string[] | null;
  readonly truth: string;
  readonly kind: Kind | null;
  readonly modality: Modality | null;
  readonly mediaPath: string | null;
  readonly split?: string | null;
  readonly source?: string | null;
};

export type Made =
  | { readonly ok: true; readonly question: ImportedQuestion }
  | { readonly ok: false; readonly reason: string };

/** Fails only where a choice has a truth that names none of its options: every verdict on it would be wrong. */
export const makeQuestion = (stated: StatedQuestion): Made => {
  const answer = unwrapAnswer(stated.truth);
  const { prompt, options } = promptAndOptions(stated, answer);
  const kind = stated.kind ?? inferKind(answer, options);
  const truth = kind === 'choice' ? choiceTruth(answer, options) : answer;
  if (truth === undefined) return { ok: false, reason: noSuchOption(answer, options.length) };
  const { mediaPath } = stated;
  // Over the words as they are kept, so that files that write the same options differently still join.
  const key = stated.key ?? questionKey(stated.id, prompt, options, mediaPath);
  const modality = stated.modality ?? modalityOf(mediaPath);
  const source = stated.source ?? sourceOf(mediaPath);
  const kept = kind === 'choice' ? options : [];
  return {
    ok: true,
    question: { key, prompt, kind, options: kept, truth, modality, mediaPath, split: stated.split ?? null, source },
  };
};

/**
 * The file's id and twelve digits of the text it stands for. The id alone does not do: published manifests use one
 * id for two questions on a clip, and numbers from 1 mean other questions in every benchmark. Short on purpose,
 * because keys are indexed.
 */
export const questionKey = (
  id: string | null,
  prompt: string,
  options: readonly string[],
  mediaPath: string | null,
): string => {
  const text = digest(prompt, ...options, ...(id === null ? [mediaPath ?? ''] : []));
  return id === null ? `~${text.slice(0, 32)}` : `${id.slice(0, 200)}~${text.slice(0, 12)}`;
};

const promptAndOptions = (
  { prompt, options, kind }: StatedQuestion,
  answer: string,
): { prompt: string; options: string[] } => {
  if (options !== null && options.length > 0) return { prompt: prompt.trim(), options: stripLetters(options) };
  const split = kind === null || kind === 'choice' ? splitOptions(prompt) : undefined;
  // Lettered lines are options only if the truth names one of them, unless the file says that this is a choice.
  const isChoice = split !== undefined && (kind === 'choice' || choiceTruth(answer, split.options) !== undefined);
  return isChoice ? split : { prompt: prompt.trim(), options: [] };
};

/** `<answer>B</answer>` → `B`; other text is only trimmed. */
export const unwrapAnswer = (text: string): string => {
  const trimmed = text.trim();
  if (!trimmed.startsWith('<answer>')) return trimmed;
  const end = trimmed.indexOf('</answer>');
  return trimmed.slice('<answer>'.length, end === -1 ? undefined : end).trim();
};

/** `B`, `b`, `(B)`, `B.`, `$B$`, `B. the text`; not the first letter of a word. */
const LETTER = /^\(?\$?([A-Z])\$?\)?(?:[.):](?:\s|$)|$)/i;

/** Letter of the truth, or several (`A, C`); undefined when it names no option. Empty stays empty: nobody knows it. */
const choiceTruth = (answer: string, options: readonly string[]): string | undefined => {
  if (answer === '') return '';
  const letter = LETTER.exec(answer)?.[1]?.toUpperCase();
  const named = letter !== undefined && (options.length === 0 || letter.charCodeAt(0) - 65 < options.length);
  if (named) return letter;
  const byText = options.findIndex((option) => option !== '' && option === answer);
  if (byText !== -1) return optionLetter(byText);
  return options.length === 0 ? undefined : letterList(answer, options.length)?.join(', ');
};

const noSuchOption = (answer: string, count: number): string => {
  const shown = JSON.stringify(answer.slice(0, 80));
  return count === 0
    ? `The truth ${shown} is not the letter of an option.`
    : `The truth ${shown} names none of the ${count} options (A to ${optionLetter(count - 1)}).`;
};

const NUMBER = /^[-+]?[$€£]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\s?%?$/;
const FRACTION = /^[-+]?\d+\s?\/\s?\d+$/;
const MATH = /\\[a-zA-Z]|[\^√π]/;

/** Kind of one question from its own answer and options, for files that do not state it. */
export const inferKind = (answer: string, options: readonly string[]): Kind => {
  if (options.length >= 2) return 'choice';
  if (/^\(?[A-Z]\)?\.?$/.test(answer)) return 'choice';
  if (NUMBER.test(answer)) return 'number';
  return FRACTION.test(answer) || MATH.test(answer) ? 'math' : 'text';
};

const KINDS: Readonly<Record<string, Kind>> = {
  'multiple choice': 'choice',
  'multiple-choice': 'choice',
  choice: 'choice',
  numerical: 'number',
  number: 'number',
  regression: 'regression',
  ocr: 'ocr',
  'free-form': 'text',
  text: 'text',
  math: 'math',
};

/** Kind for a `problem_type` as Video-R1 and its relatives write it; null for a word we do not know. */
export const statedKind = (problemType: string | null | undefined): Kind | null => {
  const word = problemType?.trim().toLowerCase();
  return word !== undefined && Object.hasOwn(KINDS, word) ? (KINDS[word] ?? null) : null;
};

const IMAGE = /\.(?:jpe?g|png|webp|gif|bmp|tiff?)$/i;

const modalityOf = (mediaPath: string | null): Modality => {
  if (mediaPath === null) return 'text';
  return IMAGE.test(mediaPath) ? 'image' : 'video';
};

/** First folder of the path, or the one after `Evaluation/`: where these files keep the benchmark's name. */
const sourceOf = (mediaPath: string | null): string | null => {
  const folders = (mediaPath ?? '').split('/').filter((part) => part !== '' && part !== '.');
  folders.pop();
  const name = folders[0] === 'Evaluation' ? (folders[1] ?? folders[0]) : folders[0];
  return name?.slice(0, 120) ?? null;
};
