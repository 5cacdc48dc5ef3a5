/** For `*.db.test.ts` of judges: a run whose rules leave things open, and a judge behind the test server. */
import { db } from '@/lib/data/db';
import { registerJudge } from '@/lib/data/judges/register';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { moveRun } from '@/lib/data/verifier/move-run';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { judgeRegistrationSchema } from '@/lib/domain/judge/judge';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { fenced } from '@/lib/judge/testing/rule';
import { importNow } from './import-now';
import { rolloutLine, writeTestFile } from './testing';
import { verifyNow } from './verify-now';

/** A thinking that the rules find no conclusion in: `number` makes it a text of its own, `animal` what it leans to. */
export const vague = (number: number, animal: 'first' | 'second'): string =>
  `I look at frame ${number} and see fur, four legs and a tail. The ${animal} one fits all of that much better.`;

export const vagueChain = (number: number, animal: 'first' | 'second', answer: string): string =>
  `<think>${vague(number, animal)}</think><answer>${answer}</answer>`;

/** Reads `vague`: the last sentence, and the letter it leans to. */
export const readVague = (prompt: string): string => {
  const reasoning = fenced(prompt, 'REASONING') ?? '';
  const quote = /The (?:first|second) one fits[^.]*\./.exec(reasoning)?.[0] ?? '';
  const conclusion = quote === '' ? null : quote.includes('first') ? 'A' : 'B';
  return JSON.stringify({ quote, conclusion });
};

export type JudgedRun = { readonly project: SeededProject; readonly runId: string; readonly iterationId: string };

let names = 0;

/** A verified run of these lines. */
export const seedJudgedRun = async (lines: readonly string[]): Promise<JudgedRun> => {
  const project = await seedProject();
  names += 1;
  await importNow(project.owner, await writeTestFile(`judge-${names}.ndjson`, lines.join('\n')), { run: 'r' });
  await verifyNow(project.owner, 'r', undefined, () => undefined);
  const { id, runId } = await db.iteration.findFirstOrThrow({ where: { projectId: project.projectId } });
  return { project, runId, iterationId: id };
};

/** `count` rollouts that the rules leave open: every other one answers against its thinking. */
export const vagueLines = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => rolloutLine(`q${at}`, vagueChain(at, 'second', at % 2 === 0 ? 'B' : 'A')));

/** Registers a judge at this address. */
export const seedJudge = ({ project }: JudgedRun, url: string, over: object = {}): Promise<string> =>
  registerJudge(
    project.owner,
    judgeRegistrationSchema.parse({
      name: 'test judge',
      model: 'test-judge',
      heldOut: false,
      temperature: 0,
      maxTokens: 128,
      key: 'sk-the-key-of-the-tests',
      url,
      concurrency: 8,
      timeoutSeconds: 5,
      usdPerMillionInput: 1,
      usdPerMillionOutput: 2,
      tokenBudget: null,
      usdBudget: null,
      ...over,
    }),
  );

/** Lets the judge decide in the run. */
export const useJudge = ({ project, runId }: JudgedRun, judgeId: string): Promise<unknown> =>
  db.$transaction(async (tx) => {
    const settings = { ...defaultVerifierSettings, judgeId };
    const version = await ensureVerifierVersion(tx, project.projectId, 'Judged', settings, project.owner.userId);
    return moveRun(tx, runId, version.id);
  });
