/** From measures to a standing: thresholds only, never the text, so that a moved threshold re-reads nothing. */
import type { Kind } from '@/lib/domain/question';
import type { Consistency, LengthClass, Measures, Standing } from '@/lib/domain/verdict';
import { rewardOf } from './reward';
import type { VerifierSettings } from './settings';

/** The columns a decision needs. */
export type Scores = Pick<
  Measures,
  'wellFormed' | 'cutOff' | 'accuracy' | 'consistency' | 'repetition' | 'thinkTokens'
> & {
  /** What the version's judge said; null or absent where none was asked. It counts where the rules found nothing. */
  readonly judged?: Consistency | null;
};

/** Kinds whose scores are rarely exactly 1: `minAccuracyGraded` decides them. */
export const graded: ReadonlySet<Kind> = new Set(['regression', 'ocr', 'text']);

/** From which accuracy on an answer to a question of this kind is correct. */
export const minAccuracyOf = (kind: Kind, settings: VerifierSettings): number =>
  graded.has(kind) ? settings.minAccuracyGraded : settings.minAccuracy;

/** What the scores mean under these settings. */
export const decide = (scores: Scores, kind: Kind, settings: VerifierSettings): Standing => {
  const wanted = minAccuracyOf(kind, settings);
  return {
    wellFormed: scores.wellFormed,
    correct: scores.accuracy === null ? null : scores.accuracy >= wanted,
    consistency: scores.consistency === 'undetermined' ? (scores.judged ?? 'undetermined') : scores.consistency,
    repetitive: scores.repetition > settings.maxRepetition,
    lengthClass: lengthClassOf(scores, settings),
    reward: rewardOf(scores.accuracy, scores.wellFormed, settings),
  };
};

const lengthClassOf = (scores: Scores, settings: VerifierSettings): LengthClass => {
  if (scores.cutOff) return 'cut_off';
  if (scores.thinkTokens < settings.minThinkTokens) return 'too_short';
  return scores.thinkTokens > settings.maxThinkTokens ? 'too_long' : 'in_range';
};
