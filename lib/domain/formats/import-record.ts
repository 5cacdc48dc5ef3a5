/**
 * What every reader turns a foreign file into: a stream of records, each either a question, a rollout or a refusal.
 * Readers are pure generators over decoded text or rows; they never touch a disk or a database.
 */
import type { Kind, Modality } from '@/lib/domain/question';
import type { FinishReason } from '@/lib/domain/rollout';

/**
 * A question as a file states it. `key` is what files join on: equal keys in one set are one question. At most 300
 * characters; readers of foreign files make it from the file's id and a digest of the words (`questionKey`), because
 * ids alone repeat: one benchmark uses an id for two questions, and every benchmark counts from 1.
 */
export type ImportedQuestion = {
  readonly key: string;
  readonly prompt: string;
  readonly kind: Kind;
  /** Option texts without letters. */
  readonly options: readonly string[];
  readonly truth: string;
  readonly modality: Modality;
  /** Path as written in the file, to be resolved under a media root by the importer; never opened as it stands. */
  readonly mediaPath: string | null;
  readonly split: string | null;
  /** Benchmark or data set name where the file states it, e.g. `VideoMMMU`. */
  readonly source: string | null;
};

/** One response as a file states it, with the rewards that were logged beside it. */
export type ImportedRollout = {
  readonly question: ImportedQuestion;
  readonly response: string;
  /** Policy step it was sampled at; 0 where the file has none. */
  readonly step: number;
  /** Stable id of the sample where the file states one. Without it, identity is content and occurrence. */
  readonly sampleKey: string | null;
  /** Names the group where the file states one (uid, timestamp); else the question is the group. */
  readonly groupKey: string | null;
  readonly finishReason: FinishReason;
  readonly thinkTokens: number | null;
  readonly totalTokens: number | null;
  /** Total reward as logged; null when absent or not a finite number. */
  readonly loggedReward: number | null;
  /** Whether the trainer called it right; null where it did not say so. */
  readonly loggedCorrect: boolean | null;
  /** Every named reward as logged; NaN and infinities become null. */
  readonly rewards: Readonly<Record<string, number | null>>;
  readonly advantage: number | null;
  /** Frame indices that the model was given, where the file states them. */
  readonly frameIndices: readonly number[] | null;
};

/** `at` is a 1-based line for line formats, the 1-based record number for JSON arrays and parquet. */
export type ImportRecord =
  | { readonly type: 'question'; readonly at: number; readonly question: ImportedQuestion }
  | { readonly type: 'rollout'; readonly at: number; readonly rollout: ImportedRollout }
  | Refusal;

/** A record that cannot be read, and why. */
export type Refusal = { readonly type: 'refusal'; readonly at: number; readonly reason: string };

export const formats = [
  'studio-ndjson',
  'video-r1-eval',
  'veripo-predictions',
  'video-r1-log',
  'trl-parquet',
  'verl-jsonl',
  'ms-swift-jsonl',
  'veripo-questions',
  'video-r1-questions',
] as const;
export type Format = (typeof formats)[number];
