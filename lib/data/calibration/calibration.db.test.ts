import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import type { Viewer } from '@/lib/data/viewer';
import type { LabelCheck, LabelValue } from '@/lib/domain/calibration/label';
import type { DrawRequest } from '@/lib/domain/calibration/sample';
import { drawSample, mayDraw } from './draw';
import { exportLabels } from './export';
import { getLabelItem } from './item';
import { addLabel } from './label';
import { getReport } from './report';
import { getSample, listSamples } from './samples';

let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;

// Of every question: samples 1 and 2 right and consistent, 3 wrong and consistent, 4 right and inconsistent.
const QUESTIONS = 12;

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: QUESTIONS });
  await pool.query(
    `INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency, concluded,
       repetition, think_tokens, token_source, evidence, reasons)
     SELECT r.id, version.reading_id, r.well_formed, false, r.answer, r.accuracy, r.consistency, 'Z',
       r.repetition, r.think_tokens, r.token_source,
       '[{"check":"consistency","role":"conclusion","start":7,"end":30}]',
       '{"consistency":"SECRET consistency reason","accuracy":"SECRET accuracy reason"}'
     FROM rollout r JOIN run ON run.id = r.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id WHERE r.run_id = $1`,
    [run.runId],
  );
});

const draw = (over: Partial<DrawRequest> = {}, viewer: Viewer = project.owner): Promise<string> =>
  drawSample(viewer, {
    runId: run.runId,
    iterationId: null,
    size: 12,
    checks: ['consistency', 'accuracy'],
    seed: 1,
    ...over,
  });

const itemsOf = async (sampleId: string) =>
  db.labelItem.findMany({ where: { sampleId }, orderBy: { position: 'asc' } });

const give = (
  sampleId: string,
  position: number,
  check: LabelCheck,
  value: LabelValue | null,
  viewer = project.owner,
) => addLabel(viewer, { id: randomUUID(), sampleId, position, label: { check, value } });

describe('a draw', () => {
  test('has every stratum, equal parts for each answer of the verifier, and totals', async () => {
    const items = await itemsOf(await draw());
    const strata = Map.groupBy(items, ({ stratum }) => stratum);
    expect([...strata].map(([name, own]) => [name, own.length, own[0]?.stratumTotal]).sort()).toEqual([
      ['choice consistent correct rules', 4, 24],
      ['choice consistent wrong rules', 2, 12],
      ['choice inconsistent correct rules', 6, 12],
    ]);
    expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
    expect(new Set(items.slice(0, 4).map(({ stratum }) => stratum)).size).toBeGreaterThan(1);
  });

  test('is the same for the same seed, and another for another', async () => {
    const of = async (seed: number) => (await itemsOf(await draw({ seed }))).map(({ rolloutId }) => rolloutId);
    const [first, again, other] = [await of(5), await of(5), await of(6)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('says when nothing is verified', async () => {
    const empty = await seedRun(project, { groups: 0, name: 'empty' });
    await expect(draw({ runId: empty.runId })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is for engineers of the project, and of its own iterations', async () => {
    for (const viewer of [project.reviewer, foreign.owner]) {
      await expect(draw({}, viewer)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await Promise.all([project.owner, project.reviewer].map(mayDraw))).toEqual([true, false]);
    await expect(draw({ iterationId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an item', () => {
  /** Everything that could tell: words of the verdict, the stratum, and the id by which all can be looked up. */
  const telling = async (sampleId: string, position: number): Promise<string[]> => {
    const item = (await itemsOf(sampleId)).find((one) => one.position === position);
    return ['SECRET', 'inconsistent', 'stratum', 'evidence', '"concluded"', 'reward', item?.rolloutId ?? '-'];
  };

  test('tells nothing before its label, and only its check after', async () => {
    const sampleId = await draw();
    const before = JSON.stringify(await getLabelItem(project.reviewer, sampleId, 3));
    for (const word of await telling(sampleId, 3)) expect(before).not.toContain(word);
    expect(JSON.parse(before)).toMatchObject({ truthShown: false, question: { truth: '' }, mine: {} });

    const between = await give(sampleId, 3, 'consistency', 'unsure', project.reviewer);
    expect(between).toMatchObject({ truthShown: true, question: { truth: 'B' } });
    expect(between.shown.consistency?.reason).toBe('SECRET consistency reason');
    expect(JSON.stringify(between)).not.toContain('SECRET accuracy');
    expect(between.shown.rolloutId).toBeNull();

    const after = await give(sampleId, 3, 'accuracy', 'correct', project.reviewer);
    expect(after.shown.accuracy).toMatchObject({ reason: 'SECRET accuracy reason', evidence: [] });
    expect(after.shown.rolloutId).not.toBeNull();

    // What one person may see is no news to another.
    const other = JSON.stringify(await getLabelItem(project.owner, sampleId, 3));
    for (const word of await telling(sampleId, 3)) expect(other).not.toContain(word);
  });

  test('hides again what a label that is taken back had shown', async () => {
    const sampleId = await draw();
    await give(sampleId, 1, 'consistency', 'consistent');
    const back = await give(sampleId, 1, 'consistency', null);
    expect(back).toMatchObject({ mine: {}, truthShown: false, shown: { consistency: null } });
    const again = await give(sampleId, 1, 'consistency', 'inconsistent');
    expect(again.mine.consistency).toEqual({ value: 'inconsistent', changed: true });
  });

  test('shows the truth at once where consistency is not asked', async () => {
    const sampleId = await draw({ checks: ['accuracy'] });
    const item = await getLabelItem(project.owner, sampleId, 1);
    expect(item).toMatchObject({ asked: ['accuracy'], truthShown: true, question: { truth: 'B' } });
    await expect(give(sampleId, 1, 'consistency', 'unsure')).rejects.toMatchObject({ code: 'invalid' });
  });

  test('is not for foreign people', async () => {
    const sampleId = await draw();
    await expect(getLabelItem(foreign.owner, sampleId, 1)).rejects.toMatchObject({ code: 'not_found' });
    await expect(give(sampleId, 1, 'consistency', 'unsure', foreign.owner)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(getLabelItem(project.owner, sampleId, 99)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('a label sent twice is one act; its id for another is refused', async () => {
  const sampleId = await draw();
  const send = {
    id: randomUUID(),
    sampleId,
    position: 2,
    label: { check: 'consistency', value: 'consistent' },
  } as const;
  await Promise.all([addLabel(project.owner, send), addLabel(project.owner, send)]);
  expect(await db.label.count({ where: { sampleId } })).toBe(1);
  const other = { ...send, label: { check: 'consistency', value: 'unsure' } } as const;
  await expect(addLabel(project.owner, other)).rejects.toMatchObject({ code: 'conflict' });
  await expect(addLabel(project.reviewer, send)).rejects.toMatchObject({ code: 'conflict' });
});

describe('progress', () => {
  test('counts what each has done, and tells the labels of nobody else', async () => {
    const sampleId = await draw({ iterationId: run.iterationId });
    await give(sampleId, 1, 'consistency', 'consistent');
    await give(sampleId, 2, 'consistency', 'consistent');
    await give(sampleId, 2, 'accuracy', 'wrong');
    await give(sampleId, 2, 'accuracy', 'wrong', project.reviewer);
    const sample = await getSample(project.owner, sampleId);
    expect(sample).toMatchObject({ items: 12, mine: 1, labelled: 2, people: 2, k: 0, author: 'Olga Owner' });
    expect(sample.places[1]).toEqual({
      position: 2,
      asked: ['consistency', 'accuracy'],
      mine: { consistency: { value: 'consistent', changed: false }, accuracy: { value: 'wrong', changed: false } },
    });
    expect((await getSample(project.reviewer, sampleId)).places[1]?.mine.consistency).toBeUndefined();
    expect((await listSamples(project.owner)).map(({ id }) => id)).toContain(sampleId);
  });

  test('is not for foreign people', async () => {
    const sampleId = await draw();
    expect(await listSamples(foreign.owner)).toEqual([]);
    await expect(getSample(foreign.owner, sampleId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the report', () => {
  /** Owner says that all the verifier calls inconsistent are, but for one; and of the passed, one is too. */
  const labelled = async (): Promise<string> => {
    const sampleId = await draw({ size: 12 });
    let flagged = 0;
    let passed = 0;
    for (const { position, stratum } of await itemsOf(sampleId)) {
      const wasFlagged = stratum.includes('inconsistent');
      const faulty = wasFlagged ? ++flagged !== 1 : ++passed === 1;
      await give(sampleId, position, 'consistency', faulty ? 'inconsistent' : 'consistent');
      await give(sampleId, position, 'accuracy', stratum.includes('correct') ? 'correct' : 'wrong');
    }
    return sampleId;
  };

  test('measures the sample and the run behind it', async () => {
    const report = await getReport(project.owner, await labelled());
    const consistency = report.figures.find(({ source }) => source.check === 'consistency');
    expect(consistency?.all.sample.confusion).toEqual({
      truePositive: 5,
      falsePositive: 1,
      falseNegative: 1,
      trueNegative: 5,
      undecidedPositive: 0,
      undecidedNegative: 0,
    });
    expect(consistency?.all.run.rollouts).toBeCloseTo(48, 9);
    expect(consistency?.all.run.precision.value).toBeCloseTo(5 / 6, 9);
    // 10 found; the one missed stands for 6 of the 36 that passed.
    expect(consistency?.all.run.recall.value).toBeCloseTo(10 / 16, 9);
    const accuracy = report.figures.find(({ source }) => source.check === 'accuracy');
    expect(accuracy?.all.sample.kappa.kappa).toBe(1);
    expect(report.disagreements.map(({ said, labels }) => [said, labels[0]?.value]).sort()).toEqual([
      ['consistent', 'inconsistent'],
      ['inconsistent', 'consistent'],
    ]);
    expect(report.disagreements[0]).toMatchObject({ concluded: 'Z', against: ['Rules'] });
    expect(report.disagreements[0]?.sentence).toHaveLength(23);
  });

  test('holds every judge against the labels, and people against each other', async () => {
    const sampleId = await labelled();
    const judgeId = randomUUID();
    await db.judge.create({
      data: {
        id: judgeId,
        projectId: project.projectId,
        name: `Held out ${judgeId}`,
        model: 'm',
        promptVersion: 1,
        temperature: 0,
        maxTokens: 9,
        heldOut: true,
        url: 'http://127.0.0.1:1',
        concurrency: 1,
        timeoutSeconds: 1,
      },
    });
    await pool.query(
      `INSERT INTO judgement (rollout_id, judge_id, reading_id, content_sha256, consistency, evidence, reason, cached)
       SELECT item.rollout_id, $2, version.reading_id, 'x', CASE WHEN item.position <= 6 THEN 'consistent'
         WHEN item.position <= 9 THEN 'inconsistent' ELSE 'undetermined' END, '[]', 'so', false
       FROM label_item item JOIN label_sample sample ON sample.id = item.sample_id JOIN run ON run.id = sample.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id
       WHERE item.sample_id = $1 AND item.position <= 10`,
      [sampleId, judgeId],
    );
    await give(sampleId, 1, 'accuracy', 'correct', project.reviewer);
    const report = await getReport(project.owner, sampleId);
    const judge = report.figures.find(({ source }) => source.key === judgeId);
    expect(judge?.source).toMatchObject({ heldOut: true, check: 'consistency' });
    expect(judge?.all.sample).toMatchObject({ n: 10, coverage: { count: 9, total: 10 } });
    expect(report.people).toMatchObject([{ check: 'accuracy', people: ['Olga Owner', 'Rui Reviewer'] }]);
    const item = await getLabelItem(project.owner, sampleId, 1);
    expect(item.shown.consistency?.judges).toMatchObject([{ heldOut: true, said: 'consistent', reason: 'so' }]);
  });

  test('keeps from who labels still what others have found', async () => {
    const sampleId = await labelled();
    // Who will not label may read them all.
    const all = (await getReport(project.reviewer, sampleId, true)).disagreements.length;
    expect(all).toBeGreaterThanOrEqual(2);
    expect(await getReport(project.reviewer, sampleId)).toMatchObject({ disagreements: [], hidden: all });
    await give(sampleId, 1, 'accuracy', 'unsure', project.reviewer);
    const report = await getReport(project.reviewer, sampleId);
    expect(report.disagreements).toEqual([]);
    expect(report.hidden).toBe(all);
  });

  test('is not for foreign people, nor is the export', async () => {
    const sampleId = await draw();
    await expect(getReport(foreign.owner, sampleId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(exportLabels(foreign.owner, sampleId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('the export has one line a label and no verdict', async () => {
  const sampleId = await draw();
  await give(sampleId, 4, 'consistency', 'inconsistent');
  await give(sampleId, 4, 'accuracy', 'unsure', project.reviewer);
  await give(sampleId, 5, 'accuracy', 'correct');
  await give(sampleId, 5, 'accuracy', null);
  const lines = await exportLabels(project.reviewer, sampleId);
  expect(lines).toMatchObject([
    { check: 'consistency', value: 'inconsistent', person: 'Olga Owner', changed: false, source: 'seed' },
    { check: 'accuracy', value: 'unsure', person: 'Rui Reviewer' },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/SECRET|stratum/);
});
