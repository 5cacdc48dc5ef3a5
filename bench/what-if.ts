/**
 * How long the what-if of thresholds takes over a run of 200,000 verified rollouts: the snapshot read cold, then answers
 * as the route gives them while a slider moves, and the curves of all thresholds. `npm run -s bench -- what-if`.
 */
import { main } from '@/scripts/main';
import { say } from '@/scripts/progress.mjs';
import { quantile } from './quantile';
import { onSeededRun } from './what-if-seed';

const ROLLOUTS = 200_000;
const REPEATS = 60;
const POLL_MS = 500;
const AIM_P95_MS = 300;
const AIM_CURVES_MS = 1_500;

const timed = async <T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> => {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
};

const measure = async (userId: string, runId: string): Promise<boolean> => {
  const { getSensitivities, getWhatIf } = await import('@/lib/data/verifier/what-if');
  const { pool } = await import('@/lib/data/db');
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM verifier_version');
  const asked = { runId, iterationId: null, versionId: rows[0]?.id ?? '' };
  const ask = (maxRepetition: number) => getWhatIf({ userId }, asked, { maxRepetition });

  const cold = await timed(() => ask(0.5));
  say(`Cold, with the snapshot read: ${cold.ms.toFixed(0)} ms, ${cold.value.saved.summary.rollouts} rollouts`);
  const texts = await timed(async () => {
    for (;;) {
      const { texts: now } = await ask(0.5);
      if (now.read >= now.total) return now;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  });
  say(`Texts of ${texts.value.total} groups read, once for ever: ${(texts.ms / 1000).toFixed(1)} s`);

  const times: number[] = [];
  for (let turn = 0; turn < REPEATS; turn++) {
    // Never the same twice, and every tenth one moves much.
    const { ms } = await timed(() => ask(turn % 10 === 0 ? 0.05 : 0.2 + turn / 1_000));
    times.push(ms);
  }
  times.sort((a, b) => a - b);
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  say(
    `Warm: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, most ${(times.at(-1) ?? 0).toFixed(0)} ms (aim p95 ${AIM_P95_MS} ms)`,
  );

  const curves = await timed(() => getSensitivities({ userId }, asked));
  const points = curves.value.curves.reduce((sum, curve) => sum + curve.points.length, 0);
  say(
    `Curves of ${curves.value.curves.length} thresholds, ${points} points: ${curves.ms.toFixed(0)} ms (aim ${AIM_CURVES_MS} ms)`,
  );
  const again = await timed(() => getSensitivities({ userId }, asked));
  say(`The same curves again: ${again.ms.toFixed(0)} ms`);
  return p95 <= AIM_P95_MS && curves.ms <= AIM_CURVES_MS;
};

main(() => onSeededRun(ROLLOUTS, measure));
