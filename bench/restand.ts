/**
 * How fast a run of 200,000 verified rollouts moves to another verifier version without a text being read: a small move
 * that changes few rows, and one that changes nearly all. Beside it the raw limit, reading the same columns and writing
 * the same rows with one statement each. `npm run -s bench -- restand`.
 */
import { defaultVerifierSettings, type VerifierSettings } from '@/lib/domain/verifier/settings';
import { main } from '@/scripts/main';
import { say } from '@/scripts/progress.mjs';
import { onSeededRun } from './what-if-seed';

const ROLLOUTS = 200_000;
const AIM_RATE = 20_000;

const measure = async (userId: string, runId: string): Promise<boolean> => {
  const { db, pool } = await import('@/lib/data/db');
  const { readVerifyTarget } = await import('@/lib/data/verdicts/unverified');
  const { moveRun } = await import('@/lib/data/verifier/move-run');
  const { ensureVerifierVersion } = await import('@/lib/data/verifier/versions');
  const { verifyIteration } = await import('@/lib/jobs/verify');
  const { projectId } = await db.run.findUniqueOrThrow({ where: { id: runId } });
  /** The seed's verdicts are of a reading of its own making: they become those of the run's version. */
  const adopt = async (): Promise<void> => {
    await pool.query(
      `UPDATE verdict SET reading_id = version.reading_id
       FROM run JOIN verifier_version version ON version.id = run.verifier_version_id WHERE run.id = $1`,
      [runId],
    );
    await pool.query('VACUUM ANALYZE verdict');
  };
  const iterations = await db.iteration.findMany({ where: { runId, rollouts: { some: {} } } });

  const point = (name: string, settings: Partial<VerifierSettings>): Promise<boolean> =>
    db.$transaction(async (tx) => {
      const wanted = { ...defaultVerifierSettings, ...settings };
      const version = await ensureVerifierVersion(tx, projectId, name, wanted, userId);
      return moveRun(tx, runId, version.id);
    });

  /** Moves the run, decides all of it anew; rollouts per second. */
  const move = async (name: string, settings: Partial<VerifierSettings>): Promise<number> => {
    await point(name, settings);
    const start = performance.now();
    let [changed, judged] = [0, 0];
    for (const { id } of iterations) {
      const target = await readVerifyTarget(projectId, id);
      const done = await verifyIteration(target, new AbortController().signal, () => undefined);
      changed += done.changed;
      judged += done.judged;
    }
    const seconds = (performance.now() - start) / 1000;
    const rate = ROLLOUTS / seconds;
    say(
      `${name}: ${seconds.toFixed(1)} s, ${Math.round(rate)} rollouts/s (aim ${AIM_RATE}), ${changed} changed, ${judged} read`,
    );
    return rate;
  };
  await point('Adopting', {});
  await adopt();
  // The seed's standings are made up; settle them first.
  await move('Settling', { maxRepetition: 0.31 });
  const few = await move('Few change', { maxRepetition: 0.32 });
  const most = await move('Every reward changes', { maxRepetition: 0.32, formatReward: 0.25 });
  const raw = performance.now();
  await pool.query(
    `UPDATE rollout r SET reward = r.reward + 0.25 FROM verdict v WHERE v.rollout_id = r.id AND r.run_id = $1`,
    [runId],
  );
  say(`The same rows in one statement, nothing decided: ${((performance.now() - raw) / 1000).toFixed(1)} s`);
  return few >= AIM_RATE && most >= AIM_RATE;
};

main(() => onSeededRun(ROLLOUTS, measure));
