import 'server-only';
/** One tiny built-in question to a judge: whether it answers, how fast, and in the form. */
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, getViewerProject, type Viewer, visibleTo } from '@/lib/data/viewer';
import type { JudgeRegistration, JudgeTrial } from '@/lib/domain/judge/judge';
import type { JudgedText } from '@/lib/domain/judge/prompt';
import { AppError } from '@/lib/errors';
import { type Asked, askJudge } from '@/lib/judge/ask';
import { type Ledger, noLedger } from '@/lib/judge/ledger';
import { judgeLedger } from './ledger';
import { readWorkingJudge } from './working';

/** What it concludes stands in it, B, and something else before it. */
const question: JudgedText = {
  kind: 'choice',
  prompt: 'Which way does the red ball roll?',
  options: ['to the left', 'to the right', 'it lies still'],
  thinking:
    'At first it seems to go to the left, so A. But the camera moves: against the wall behind it, the ball moves to the right in every frame. So the answer is B.',
};
const RIGHT = 'B';
/** Nobody waits longer at a form. */
const MAX_WAIT_MS = 30_000;

const trialOf = async (asked: Asked): Promise<JudgeTrial> => {
  // No patience: whoever tries a judge wants to know how it is now.
  const asking = await askJudge(asked, question, new AbortController().signal, () => 0);
  const nothing = { raw: '', latencyMs: null, inputTokens: null, outputTokens: null, structured: null };
  if (asking.state === 'failed') return { ...nothing, ok: false, sentence: asking.failure.message };
  if (asking.state !== 'answered') {
    return { ...nothing, ok: false, sentence: 'Its budget has no room for a question: raise it first.' };
  }
  const { answer, latencyMs, usage, structured } = asking;
  const right = answer.concluded === RIGHT;
  const sentence =
    answer.state === 'malformed'
      ? 'It answers, but not in the form: such answers leave a rollout undetermined.'
      : right
        ? 'It answers, and reads B where the thinking concludes B.'
        : `It answers in the form, but reads ${answer.concluded ?? 'no conclusion'} where the thinking concludes B.`;
  return { ok: right, sentence, raw: answer.raw, latencyMs, ...usage, structured };
};

/** Sends although the question is known already: a trial asks whether the judge answers now. */
const asking = (ledger: Ledger, trial: string): Ledger => ({
  ...ledger,
  open: (content, worst) => ledger.open(`trial ${trial} ${content}`, worst),
});

/**
 * Tries a judge that is not saved; nothing of it is kept.
 *
 * @throws AppError `not_found` for viewers who may not
 */
export const tryUnsavedJudge = async (viewer: Viewer, judge: JudgeRegistration): Promise<JudgeTrial> => {
  await getViewerProject(viewer, engineers);
  const { url, key, timeoutSeconds, model, temperature, maxTokens } = judge;
  const address = { url, key, timeoutMs: Math.min(MAX_WAIT_MS, timeoutSeconds * 1000) };
  return trialOf({ address, model: { model, temperature, maxTokens }, ledger: noLedger });
};

/**
 * Tries a judge; the question counts against its budget like any other.
 *
 * @throws AppError `not_found` for foreign judges and for viewers who may not, `conflict` when its key does not open
 */
export const tryJudge = async (viewer: Viewer, id: string): Promise<JudgeTrial> => {
  const where = { id, ...visibleTo(viewer, engineers) };
  const row = await db.judge.findFirst({ where, select: { projectId: true } });
  if (!row) throw new AppError('not_found', 'Judge not found, or your role does not allow asking it');
  const judge = await readWorkingJudge(row.projectId, id);
  const ledger = asking(judgeLedger(id), new Date().toISOString());
  const address = { ...judge.address, timeoutMs: Math.min(MAX_WAIT_MS, judge.address.timeoutMs) };
  const trial = await trialOf({ address, model: judge.model, ledger });
  await notify({ projectId: row.projectId, topic: 'judge', id });
  return trial;
};
