import 'server-only';
/** How the verifier and the judges agree with the labels of a sample. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { type LabelCheck, type LabelInForce, positiveValue } from '@/lib/domain/calibration/label';
import { calibrationReport, type Disagreement, type ReportItem, type Source } from '@/lib/domain/calibration/report';
import { type ReportView, reportViewSchema } from '@/lib/domain/calibration/report-view';
import { kindSchema } from '@/lib/domain/question';
import { consistencySchema } from '@/lib/domain/verdict';
import { decide } from '@/lib/domain/verifier/decide';
import { verifierSettingsSchema } from '@/lib/domain/verifier/settings';
import { readSampleLabels } from './labels';
import { getSamplePlace } from './place';
import { readWords } from './words';

const versionSchema = z.object({
  seed: z.coerce.number(),
  number: z.int(),
  reading_id: z.uuid(),
  settings: verifierSettingsSchema,
});

const rowSchema = z.object({
  rolloutId: z.uuid(),
  kind: kindSchema,
  stratum: z.string(),
  stratumTotal: z.int(),
  hasTruth: z.boolean(),
  wellFormed: z.boolean().nullable(),
  cutOff: z.boolean().nullable(),
  accuracy: z.number().nullable(),
  consistency: consistencySchema.nullable(),
  repetition: z.number().nullable(),
  thinkTokens: z.int().nullable(),
});

const judgementSchema = z.object({
  rolloutId: z.uuid(),
  judgeId: z.uuid(),
  name: z.string(),
  heldOut: z.boolean(),
  consistency: consistencySchema,
});
type Judgement = z.infer<typeof judgementSchema>;

const readVersion = async (sampleId: string) => {
  const { rows } = await pool.query(
    `SELECT sample.seed, version.number, version.reading_id, version.settings FROM label_sample sample
     JOIN run ON run.id = sample.run_id JOIN verifier_version version ON version.id = run.verifier_version_id
     WHERE sample.id = $1`,
    [sampleId],
  );
  return versionSchema.parse(rows[0]);
};

const readRows = async (sampleId: string, readingId: string) => {
  const { rows } = await pool.query(
    `SELECT item.rollout_id AS "rolloutId", rollout.kind, item.stratum, item.stratum_total AS "stratumTotal",
            question.truth <> '' AS "hasTruth", verdict.well_formed AS "wellFormed", verdict.cut_off AS "cutOff",
            verdict.accuracy, verdict.consistency, verdict.repetition, verdict.think_tokens AS "thinkTokens"
     FROM label_item item JOIN rollout ON rollout.id = item.rollout_id JOIN question ON question.id = rollout.question_id
     LEFT JOIN verdict ON verdict.rollout_id = rollout.id AND verdict.reading_id = $2
     WHERE item.sample_id = $1 ORDER BY item.position`,
    [sampleId, readingId],
  );
  return z.array(rowSchema).parse(rows);
};

const readJudgements = async (sampleId: string, readingId: string): Promise<Judgement[]> => {
  const { rows } = await pool.query(
    `SELECT judgement.rollout_id AS "rolloutId", judgement.judge_id AS "judgeId", judge.name,
            judge.held_out AS "heldOut", judgement.consistency
     FROM label_item item JOIN judgement ON judgement.rollout_id = item.rollout_id AND judgement.reading_id = $2
     JOIN judge ON judge.id = judgement.judge_id WHERE item.sample_id = $1 ORDER BY judge.name`,
    [sampleId, readingId],
  );
  return z.array(judgementSchema).parse(rows);
};

const isInconsistent = (said: z.infer<typeof consistencySchema>): boolean | null =>
  said === 'undetermined' ? null : said === 'inconsistent';

const scoresSchema = rowSchema.pick({ accuracy: true }).extend({
  wellFormed: z.boolean(),
  cutOff: z.boolean(),
  consistency: consistencySchema,
  repetition: z.number(),
  thinkTokens: z.int(),
});

/** What every source says of one item; nothing where the version has not read it. */
const itemOf = (
  row: z.infer<typeof rowSchema>,
  judgements: readonly Judgement[],
  settings: z.infer<typeof verifierSettingsSchema>,
): ReportItem => {
  const { rolloutId, kind, stratum, stratumTotal } = row;
  const judges = Object.fromEntries(judgements.map((one) => [one.judgeId, isInconsistent(one.consistency)]));
  const place = { rolloutId, kind, stratum, stratumTotal };
  const scores = scoresSchema.safeParse(row);
  if (!scores.success) return { ...place, said: { consistency: judges, accuracy: {} } };
  const judged = judgements.find(({ judgeId }) => judgeId === settings.judgeId)?.consistency ?? null;
  const standing = decide({ ...scores.data, judged }, kind, settings);
  return {
    ...place,
    said: {
      consistency: {
        ...judges,
        verifier: isInconsistent(standing.consistency),
        rules: isInconsistent(scores.data.consistency),
      },
      accuracy: { verifier: standing.correct },
    },
  };
};

/** The verifier first; its rules alone where a judge helps them; then every judge. */
const sourcesOf = (
  judgements: readonly Judgement[],
  judgeId: string | null,
  checks: readonly LabelCheck[],
): Source[] => {
  const judges = [...new Map(judgements.map((one) => [one.judgeId, one])).values()];
  const curating = judges.find((judge) => judge.judgeId === judgeId);
  const consistency: Source[] = [
    { key: 'verifier', name: curating ? `Rules, then ${curating.name}` : 'Rules', check: 'consistency', heldOut: null },
    ...(curating ? [{ key: 'rules', name: 'Rules alone', check: 'consistency' as const, heldOut: null }] : []),
    ...judges.map(
      ({ judgeId: key, name, heldOut }): Source => ({ key, name: `${name} alone`, check: 'consistency', heldOut }),
    ),
  ];
  const accuracy: Source = { key: 'verifier', name: 'Rules', check: 'accuracy', heldOut: null };
  return [...(checks.includes('consistency') ? consistency : []), ...(checks.includes('accuracy') ? [accuracy] : [])];
};

/** Whether showing it would tell the viewer, who may still label the item, what is to be guessed. */
const wouldTell = (viewer: Viewer, labels: readonly LabelInForce[]) => {
  const own = labels.filter(({ person }) => person === viewer.userId);
  const done = new Set(own.map(({ rolloutId, check }) => `${rolloutId} ${check}`));
  return ({ rolloutId, check }: Disagreement): boolean => !done.has(`${rolloutId} ${check}`);
};

/**
 * The report of a sample under the version that its run stands on now. Its disagreements are those of items that the
 * viewer has labelled; all of them for who says to be `onlyReading`. Throws `not_found` for foreign samples too.
 */
export const getReport = async (viewer: Viewer, sampleId: string, onlyReading = false): Promise<ReportView> => {
  const { checks } = await getSamplePlace(viewer, sampleId);
  const { seed, number, reading_id: readingId, settings } = await readVersion(sampleId);
  const [rows, judgements, { labels, nameOf }] = await Promise.all([
    readRows(sampleId, readingId),
    readJudgements(sampleId, readingId),
    readSampleLabels(sampleId),
  ]);
  const byRollout = Map.groupBy(judgements, ({ rolloutId }) => rolloutId);
  const items = rows.map((row) => itemOf(row, byRollout.get(row.rolloutId) ?? [], settings));
  const sources = sourcesOf(judgements, settings.judgeId, checks);
  const report = calibrationReport(items, labels, checks, sources, seed);
  const tells = wouldTell(viewer, labels);
  const open = onlyReading ? report.disagreements : report.disagreements.filter((one) => !tells(one));
  const words = await readWords(
    open.map(({ rolloutId }) => rolloutId),
    readingId,
  );
  const saidOf = new Map(items.map(({ rolloutId, said }) => [rolloutId, said]));
  return reportViewSchema.parse({
    ...report,
    versionNumber: number,
    people: report.people.map((one) => ({ ...one, people: one.people.map(nameOf) })),
    hidden: report.disagreements.length - open.length,
    disagreements: open.map(({ rolloutId, check, against, missed }) => ({
      ...words.get(rolloutId)?.[check],
      rolloutId,
      check,
      missed,
      against: against.map((key) => sources.find((source) => source.key === key && source.check === check)?.name),
      said: wordOf(check, saidOf.get(rolloutId)?.[check].verifier),
      labels: labels
        .filter((label) => label.rolloutId === rolloutId && label.check === check)
        .map(({ person, value }) => ({ person: nameOf(person), value })),
    })),
  });
};

const negativeValue = { consistency: 'consistent', accuracy: 'wrong' } as const;

const wordOf = (check: LabelCheck, said: boolean | null | undefined): string => {
  if (said === undefined) return 'not verified';
  if (said === null) return 'undetermined';
  return said ? positiveValue[check] : negativeValue[check];
};
