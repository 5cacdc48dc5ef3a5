/** One response to one question, scored: the step that the reward API, the verify API and the service share. */
import type { QuestionCore } from '@/lib/domain/question';
import type { Measures, Standing } from '@/lib/domain/verdict';
import { decide } from './decide';
import { type CountTokens, measure, type Sample } from './measure';
import { type PreparedQuestion, prepareQuestion } from './prepared-question';
import type { VerifierSettings } from './settings';

/** What is scored. */
export type Item = { readonly question: QuestionCore; readonly sample: Sample };

/** What the verifier found, and what it means under the settings. */
export type Scored = { readonly measures: Measures; readonly standing: Standing };

export type Scorer = (item: Item) => Scored;

const keyOf = ({ kind, prompt, options, truth }: QuestionCore): string =>
  JSON.stringify([kind, prompt, options, truth]);

/**
 * A scorer for one batch. Equal questions are prepared once: a batch holds about eight responses to each, and it
 * remembers every question it has seen, so make a new one for the next batch. `countTokens` is the tokenizer that the
 * settings name, where it is at hand.
 */
export const createScorer = (settings: VerifierSettings, countTokens?: CountTokens): Scorer => {
  const known = new Map<string, PreparedQuestion>();
  return ({ question, sample }) => {
    const key = keyOf(question);
    const prepared = known.get(key) ?? prepareQuestion(question);
    known.set(key, prepared);
    const measures = measure(prepared, sample, settings, countTokens);
    return { measures, standing: decide(measures, question.kind, settings) };
  };
};
