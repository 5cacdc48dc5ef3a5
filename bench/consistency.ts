/**
 * What the rules of the consistency check make of real rollouts, and what a reading costs, without a database.
 * `npm run -s bench -- consistency`. Needs ../shared/data; says so and ends where it is absent.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Format } from '@/lib/domain/formats/import-record';
import { readRecords, sourceOf } from '@/lib/domain/formats/read';
import { type Proportion, proportion } from '@/lib/domain/stats/proportion';
import { checkConsistency } from '@/lib/domain/verifier/consistency/consistency';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { parseResponse } from '@/lib/domain/verifier/response';
import { main } from '@/scripts/main';
import { say } from '@/scripts/progress.mjs';
import { root } from '@/scripts/root';

const sources: readonly (readonly [name: string, format: Format, files: readonly string[]])[] = [
  [
    'VideoMMMU',
    'video-r1-eval',
    ['greedy', 't01_p001_greedy', 't01_p01_greedy', 't02_p05_greedy'].map((name) => `videommmu_${name}.json`),
  ],
  ['VSI-Bench counts', 'video-r1-eval', ['eval_vsibench_4d_llm.json']],
  ['reward log', 'video-r1-log', ['reward_log_4d_llm.txt']],
];
const ROUNDS = 30;

type Row = { readonly name: string; readonly kind: string; readonly read: () => ReturnType<typeof checkConsistency> };

/** Well-formed rollouts of a file, ready to be read again and again. */
const rowsOf = async (name: string, format: Format, file: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const record of readRecords(format, sourceOf(readFileSync(file)))) {
    if (record.type !== 'rollout') continue;
    const { response, question } = record.rollout;
    const { wellFormed, think, answer } = parseResponse(response);
    const prepared = prepareQuestion(question);
    if (wellFormed)
      rows.push({ name, kind: question.kind, read: () => checkConsistency(response, think, answer, prepared) });
  }
  return rows;
};

const report = (rows: readonly Row[]): void => {
  for (const key of new Set(rows.map(({ name, kind }) => `${name}, ${kind}`))) {
    const found = rows.filter(({ name, kind }) => `${name}, ${kind}` === key).map(({ read }) => read());
    const count = (consistency: string): number => found.filter((one) => one.consistency === consistency).length;
    const [consistent, inconsistent, open] = ['consistent', 'inconsistent', 'undetermined'].map(count);
    const rate = proportion(inconsistent ?? 0, (consistent ?? 0) + (inconsistent ?? 0));
    say(
      `${key}: ${found.length} well formed, ${consistent} consistent, ${inconsistent} inconsistent ` +
        `(${rateText(rate)}), ${open} undetermined`,
    );
    const reasons = Map.groupBy(
      found.filter(({ consistency }) => consistency === 'undetermined'),
      ({ reason }) => reason.replace(/\b[A-Z](?: or [A-Z])+/, 'several').replace(/ [A-Z]\b/g, ' …'),
    );
    for (const [reason, all] of reasons) say(`    ${all.length} × ${reason}`);
  }
};

const percent = (share: number): string => (100 * share).toFixed(1);
const rateText = ({ count, total, share, low, high }: Proportion): string =>
  share === null
    ? 'of none decided'
    : `${count} of ${total} decided: ${percent(share)} %, 95 % interval ${percent(low)} to ${percent(high)} %`;

main(async () => {
  const folder = path.join(root, '../shared/data/rollouts');
  if (!existsSync(folder)) {
    say('The real rollouts are absent (../shared/data/rollouts): nothing is measured.');
    return 0;
  }
  const rows: Row[] = [];
  for (const [name, format, files] of sources) {
    for (const file of files) rows.push(...(await rowsOf(name, format, path.join(folder, file))));
  }
  report(rows);
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    for (const { read } of rows) read();
    return ((performance.now() - started) * 1000) / rows.length;
  }).sort((a, b) => a - b);
  say(
    `A reading takes ${times[0]?.toFixed(1)} µs at best, ${times[ROUNDS / 2]?.toFixed(1)} µs in the middle of ${ROUNDS} rounds.`,
  );
  return 0;
});
