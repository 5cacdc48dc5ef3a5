import 'server-only';
/** What other thresholds would make of stored scores. Nothing is written, no text is read for an answer. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { kindSchema } from '@/lib/domain/question';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import { countFlipped, type Flip, flipsOf } from '@/lib/domain/verifier/what-if/flips';
import { sensitivityOf } from '@/lib/domain/verifier/what-if/sensitivity';
import { type Stood, standAll } from '@/lib/domain/verifier/what-if/stand';
import { type PairYield, pairYieldOf, type Summary, summaryOf } from '@/lib/domain/verifier/what-if/summary';
import { type Moved, moveThresholds, thresholdNames } from '@/lib/domain/verifier/what-if/thresholds';
import type { FlipExampleView, FlipView, Sensitivities, WhatIf } from '@/lib/domain/verifier/what-if/view';
import { createYieldCounter, type YieldCounter, yieldAll, yieldFrom } from '@/lib/domain/verifier/what-if/yields';
import { AppError } from '@/lib/errors';
import { createTurns } from '@/lib/turns';
import { type KeptScores, keptScores } from './score-cache';
import { getWhatIfTarget, type WhatIfAsked, type WhatIfTarget } from './what-if-target';

/** The seed of a proposal that names none. */
const SEED = 0;
/** Results kept with a snapshot: a byte a rollout each. */
const MOST_RESULTS = 8;

type Result = {
  readonly stood: Stood;
  readonly summary: Summary;
  /** Of each group and in all; null while texts are unread. */
  readonly counts: Uint8Array | null;
  readonly pairs: PairYield | null;
};

/** Null while texts are unread: some pairs would be missing from every count. */
const counterOf = ({ snapshot, texts }: KeptScores): YieldCounter | null =>
  texts.read < texts.total ? null : createYieldCounter(snapshot, defaultPairSettings, SEED);

const decided = new WeakMap<object, Map<string, Result>>();
const worked = new WeakMap<object, Map<string, Promise<Sensitivities>>>();

/** What was kept for this edition of the scores. */
const keptFor = <T>(all: WeakMap<object, Map<string, T>>, { edition }: KeptScores): Map<string, T> => {
  const own = all.get(edition) ?? new Map<string, T>();
  all.set(edition, own);
  return own;
};

const countPairs = ({ snapshot }: KeptScores, { codes }: Stood, counter: YieldCounter, near: Result | undefined) =>
  near?.counts
    ? yieldFrom(snapshot, { codes: near.stood.codes, counts: near.counts }, codes, counter)
    : yieldAll(snapshot, codes, counter);

/** `near`: another result, from which pairs are counted on where it differs. */
const decideAll = (scores: KeptScores, settings: VerifierSettings, near?: Result): Result => {
  const results = keptFor(decided, scores);
  const key = JSON.stringify(thresholdNames.map((name) => settings[name]));
  const known = results.get(key);
  if (known) return known;
  const stood = standAll(scores.snapshot, settings);
  const counter = counterOf(scores);
  const counts = counter && countPairs(scores, stood, counter, near);
  const result = { stood, summary: summaryOf(stood), counts, pairs: counts && pairYieldOf(counts) };
  results.set(key, result);
  const [oldest] = results.keys();
  if (results.size > MOST_RESULTS && oldest !== undefined) results.delete(oldest);
  return result;
};

const exampleSchema = z.object({
  seq: z.coerce.number(),
  id: z.uuid(),
  kind: kindSchema,
  prompt: z.string(),
  iteration: z.int(),
  step: z.int(),
  sampleIndex: z.int().nullable(),
  answer: z.string().nullable(),
});

const PROMPT_CHARS = 160;

/** The rows behind the examples, by `rollout.seq`. */
const readExamples = async (target: WhatIfTarget, seqs: readonly number[]) => {
  if (seqs.length === 0) return new Map<number, z.infer<typeof exampleSchema>>();
  const { rows } = await pool.query(
    `SELECT rollout.seq, rollout.id, rollout.kind, left(question.prompt, ${PROMPT_CHARS}) AS prompt,
            iteration.k AS iteration, rollout.step, rollout.sample_index AS "sampleIndex",
            left(rollout.answer, ${PROMPT_CHARS}) AS answer
     FROM rollout JOIN question ON question.id = rollout.question_id JOIN iteration ON iteration.id = rollout.iteration_id
     WHERE rollout.run_id = $1 AND rollout.project_id = $2 AND rollout.seq = ANY($3::bigint[])`,
    [target.runId, target.projectId, [...new Set(seqs)]],
  );
  return new Map(
    z
      .array(exampleSchema)
      .parse(rows)
      .map((row) => [row.seq, row]),
  );
};

/** The flips with the rollouts behind their examples. */
export const viewFlips = async (
  target: WhatIfTarget,
  { snapshot }: Pick<KeptScores, 'snapshot'>,
  flips: readonly Flip[],
): Promise<FlipView[]> => {
  const seqOf = (row: number): number => snapshot.seqs[row] ?? -1;
  const rows = await readExamples(
    target,
    flips.flatMap(({ examples }) => examples.map(({ row }) => seqOf(row))),
  );
  return flips.map(({ examples, ...flip }) => ({
    ...flip,
    examples: examples.flatMap(({ row, score, gained, lost }): FlipExampleView[] => {
      const found = rows.get(seqOf(row));
      if (!found) return []; // its run was removed a moment ago
      const { seq: _, ...facts } = found;
      return [{ ...facts, score, gained, lost }];
    }),
  }));
};

const movedOf = (base: VerifierSettings, moved: Moved): VerifierSettings => {
  const parsed = moveThresholds(base, moved);
  if (!parsed.success) throw new AppError('invalid', z.prettifyError(parsed.error), { cause: parsed.error });
  return parsed.data;
};

/**
 * What a version's rollouts would be with its thresholds moved: counts now and then, pairs that a proposal would give,
 * and who would flip.
 *
 * @throws AppError `not_found` for foreign rows, `invalid` for thresholds that no version may have.
 */
export const getWhatIf = async (viewer: Viewer, asked: WhatIfAsked, moved: Moved): Promise<WhatIf> => {
  const target = await getWhatIfTarget(viewer, asked);
  const settings = movedOf(target.settings, moved);
  const scores = await keptScores(target);
  const saved = decideAll(scores, target.settings);
  const after = decideAll(scores, settings, saved);
  const flips = flipsOf(scores.snapshot, saved.stood.codes, after.stood.codes, settings);
  return {
    saved: { summary: saved.summary, pairs: saved.pairs },
    moved: { summary: after.summary, pairs: after.pairs },
    flipped: countFlipped(saved.stood.codes, after.stood.codes),
    flips: await viewFlips(target, scores, flips),
    unread: scores.unread,
    texts: scores.texts,
  };
};

const curvesOf = async (scores: KeptScores, settings: VerifierSettings): Promise<Sensitivities> => {
  const turn = createTurns();
  const counter = counterOf(scores);
  const curves: Sensitivities['curves'] = [];
  for (const name of thresholdNames) {
    curves.push(sensitivityOf(scores.snapshot, settings, name, counter));
    await turn();
  }
  return { curves, texts: scores.texts };
};

/** What each threshold of a version does over its range, the others as they are saved. Worked out once a snapshot. */
export const getSensitivities = async (viewer: Viewer, asked: WhatIfAsked): Promise<Sensitivities> => {
  const target = await getWhatIfTarget(viewer, asked);
  const scores = await keptScores(target);
  const own = keptFor(worked, scores);
  const known = own.get(target.versionId) ?? curvesOf(scores, target.settings);
  own.set(target.versionId, known);
  return known;
};
