/**
 * The verifier service: time of a request with 512 rollouts, asked by this process of a server in another one that is
 * held to one core, and the processor time that the server took. `npm run bench -- rewards`. Real VideoMMMU texts
 * where they are, else made-up ones of the same lengths, which is said.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { rewardAnswerSchema } from '@/lib/domain/verifier/reward-api';
import { main } from '@/scripts/main';
import { say } from '@/scripts/progress.mjs';
import { root } from '@/scripts/root';
import { typescriptArguments } from '@/scripts/typescript-arguments';
import { quantile } from './quantile';
import { realSamples, type SampleText, syntheticSamples } from './rollout-texts';

const ROLLOUTS = 512;
const REQUESTS = 200;
const WARM_UP = 20;
const BODIES = 12;
const AIM_P95_MS = 100;
/** Of Linux, in which /proc counts processor time. */
const TICKS_PER_SECOND = 100;
const TASKSET = '/usr/bin/taskset';

/** Questions stand together, as the samples of a group do in a trainer's batch. */
const bodiesOf = (samples: readonly SampleText[]): readonly string[] => {
  const sorted = samples.toSorted((a, b) => (a.question.key < b.question.key ? -1 : 1));
  return Array.from({ length: BODIES }, (_, body) => {
    const items = Array.from({ length: ROLLOUTS }, (_, at) => {
      const sample = sorted[(body * ROLLOUTS + at) % sorted.length];
      if (!sample) throw new Error('there are no samples');
      const { kind, prompt, options, truth } = sample.question;
      return { question: { kind, prompt, options, truth }, response: sample.response, finish_reason: 'stop' };
    });
    return JSON.stringify({ items });
  });
};

const startServer = async () => {
  const pinned = existsSync(TASKSET);
  const node = [process.execPath, ...typescriptArguments('scripts/verifier.ts', '--port', '0')];
  const [file = '', ...args] = pinned ? [TASKSET, '-c', '0', ...node] : node;
  const env = { ...process.env, LOG_LEVEL: 'error' };
  const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listens on (\S+)$/.exec(line)?.[1];
    if (url !== undefined && child.pid !== undefined) return { child, url, pid: child.pid, pinned };
  }
  throw new Error('the verifier ended before it listened');
};

/** User and system time of a process and its threads so far, in ms; undefined where there is no /proc. */
const processorMs = async (pid: number): Promise<number | undefined> => {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined;
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
};

const ask = async (url: string, body: string): Promise<number> => {
  const began = performance.now();
  const response = await fetch(new URL('/api/v1/rewards', url), { method: 'POST', body });
  const text = await response.text();
  const took = performance.now() - began;
  const { rewards, failures } = rewardAnswerSchema.parse(JSON.parse(text));
  if (rewards.length !== ROLLOUTS || failures.length > 0) throw new Error('the answer is not whole');
  return took;
};

/** Thirty responses as long as they may be: 60 MB that repeat a sentence, which is the dearest thing to score. */
const LARGEST = JSON.stringify({
  items: Array.from({ length: 30 }, () => ({
    question: { kind: 'choice', prompt: 'Which?', options: ['a cat', 'a dog'], truth: 'B' },
    response: 'The dog barks, so the answer is B. '.repeat(57_000),
  })),
});

/** Scores the largest body and asks for the health meanwhile: both times in ms, of the second the longest. */
const askLargest = async (url: string): Promise<{ readonly took: number; readonly waited: number }> => {
  let done = false;
  let waited = 0;
  const began = performance.now();
  const answer = fetch(new URL('/api/v1/rewards', url), { method: 'POST', body: LARGEST }).finally(() => {
    done = true;
  });
  while (!done) {
    const asked = performance.now();
    await (await fetch(new URL('/health', url))).text();
    waited = Math.max(waited, performance.now() - asked);
    await sleep(20);
  }
  const { status } = await answer;
  if (status !== 200) throw new Error(`the largest body was answered with ${status}`);
  return { took: performance.now() - began, waited };
};

main(async () => {
  const real = await realSamples();
  const bodies = bodiesOf(real ?? syntheticSamples(1_560));
  const { child, url, pid, pinned } = await startServer();
  try {
    const times: number[] = [];
    let before: number | undefined;
    for (let turn = 0; turn < WARM_UP + REQUESTS; turn += 1) {
      if (turn === WARM_UP) before = await processorMs(pid);
      const took = await ask(url, bodies[turn % BODIES] ?? '');
      if (turn >= WARM_UP) times.push(took);
    }
    const after = await processorMs(pid);
    const sorted = times.sort((a, b) => a - b);
    const [p50, p95, most] = [quantile(sorted, 0.5), quantile(sorted, 0.95), sorted.at(-1) ?? 0];
    const cpu =
      before === undefined || after === undefined
        ? ''
        : `, ${((after - before) / REQUESTS).toFixed(1)} ms of processor time each`;
    const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) / bodies.length;
    const texts = real ? 'VideoMMMU outputs' : `made-up texts, since ${path.join('..', 'shared', 'data')} is absent`;
    say(
      `Rewards for ${ROLLOUTS} rollouts (${texts}, ${(bytes / 1e6).toFixed(1)} MB), server ${pinned ? 'held to one core' : 'not held to a core'}: ` +
        `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${most.toFixed(1)} ms of ${sorted.length} requests${cpu} ` +
        `(aim: p95 at most ${AIM_P95_MS} ms)`,
    );
    const { took, waited } = await askLargest(url);
    say(
      `The largest body, 60 MB in 30 responses: ${(took / 1000).toFixed(1)} s, in which /health waited ` +
        `${Math.round(waited)} ms at most`,
    );
    return p95 <= AIM_P95_MS ? 0 : 1;
  } finally {
    child.kill('SIGTERM');
  }
});
