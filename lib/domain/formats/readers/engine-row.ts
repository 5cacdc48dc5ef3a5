/**
 * Rows that trainers dump during GRPO (TRL, verl, ms-swift): one response with its prompt as the chat template made
 * it, rewards by name, and whatever data set columns the run chose to log. The video is never in them, so rows that
 * ask the same words about two clips cannot be told apart unless a column names the sample or its path.
 */
import { z } from 'zod';
import type { ImportRecord } from '@/lib/domain/formats/import-record';
import type { Modality } from '@/lib/domain/question';
import type { FinishReason } from '@/lib/domain/rollout';
import { makeQuestion, questionKey, statedKind } from './make-question';
import { finite, idText, loggedNumber, rewardsOf, rollout, stepSchema } from './rows';

/** Columns that describe the question or the sampling, by the names that data sets give them. */
const hintsSchema = z.object({
  /** Our own key, which our exports carry; else the data set's id of the sample. Shared by a whole group. */
  sample_id: idText.nullish(),
  question_id: idText.nullish(),
  problem_id: idText.nullish(),
  solution: idText.nullish(),
  ground_truth: idText.nullish(),
  answer: idText.nullish(),
  problem_type: z.string().nullish(),
  data_type: z.string().nullish(),
  video_path: z.string().nullish(),
  path: z.string().nullish(),
  options: z.array(z.string()).nullish(),
  finish_reason: z.string().nullish(),
  is_truncated: z.boolean().nullish(),
});
export type Hints = z.infer<typeof hintsSchema>;

/** Names that are never rewards although their values are numbers. */
const NOT_REWARDS = new Set([
  ...Object.keys(hintsSchema.shape),
  ...['step', 'gen_step', 'advantage', 'advantages', 'num_turns', 'entropy', 'uid', 'request_id', 'gts', 'index'],
]);

export const isRewardName = (name: string): boolean => !NOT_REWARDS.has(name);

/** Hints of a row. A column of a wrong type is no hint: such columns are the run's own and mean what they like. */
export const hintsOf = (row: Readonly<Record<string, unknown>>): Hints => {
  const parsed = hintsSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  const rest = hintsSchema.safeParse(Object.fromEntries(Object.entries(row).filter(([name]) => !wrong.has(name))));
  return rest.success ? rest.data : {};
};

export type EngineRow = {
  readonly step: unknown;
  readonly prompt: string;
  readonly response: string;
  readonly rewards: Readonly<Record<string, number | null>>;
  /** Logged total where the file has one. */
  readonly total: number | null;
  readonly advantage: unknown;
  readonly correct?: boolean | null;
  readonly groupKey?: string | null;
  readonly sampleKey?: string | null;
  readonly hints: Hints;
};

/** The rollout of one dumped row, or the reason why it is refused. */
export const engineRollout = (row: EngineRow, at: number): ImportRecord[] | string => {
  const step = row.step === undefined || row.step === null ? 0 : stepSchema.safeParse(row.step).data;
  if (step === undefined) return '`step` is not a step (a whole number from 0).';
  const { hints } = row;
  const { words, modality } = readPrompt(row.prompt);
  const mediaPath = hints.video_path ?? hints.path ?? null;
  const id = hints.question_id ?? hints.problem_id ?? null;
  const made = makeQuestion({
    id,
    // Without any id the exact prompt is the question, template and all: nothing else joins rows across files.
    key: hints.sample_id ?? (id === null ? questionKey(null, row.prompt, hints.options ?? [], mediaPath) : null),
    prompt: words,
    options: hints.options ?? null,
    truth: hints.solution ?? hints.ground_truth ?? hints.answer ?? '',
    kind: statedKind(hints.problem_type),
    modality: hints.data_type === 'image' || hints.data_type === 'video' ? hints.data_type : modality,
    mediaPath,
  });
  if (!made.ok) return made.reason;
  const stated = {
    step,
    groupKey: row.groupKey ?? null,
    sampleKey: row.sampleKey ?? null,
    finishReason: finishReason(hints),
    loggedReward: row.total,
    loggedCorrect: row.correct ?? null,
    rewards: row.rewards,
    advantage: loggedNumber.parse(row.advantage),
  };
  return [{ type: 'rollout', at, rollout: rollout(made.question, row.response, stated) }];
};

const finishReason = ({ finish_reason: reason, is_truncated: truncated }: Hints): FinishReason => {
  if (truncated === true || reason === 'length') return 'length';
  return reason === 'stop' || truncated === false ? 'stop' : 'unknown';
};

const USER = '<|im_start|>user\n';
const VIDEO_TAGS = ['<|vision_start|>', '<|video_pad|>', '<|image_pad|>', '<|vision_end|>', '<video>', '<image>'];

/** The user's words inside a chat template's text, and what the tags say the model was shown. */
export const readPrompt = (text: string): { words: string; modality: Modality | null } => {
  const turn = userTurn(text);
  const modality = ['<|video_pad|>', '<video>'].some((tag) => turn.includes(tag))
    ? 'video'
    : ['<|image_pad|>', '<image>'].some((tag) => turn.includes(tag))
      ? 'image'
      : null;
  const words = VIDEO_TAGS.reduce((rest, tag) => rest.replaceAll(tag, ''), turn).trim();
  return { words, modality };
};

/** With special tokens, or decoded without them (`system\n…\nuser\n…\nassistant\n`); else the text itself. */
const userTurn = (text: string): string => {
  const tagged = text.indexOf(USER);
  if (tagged !== -1) {
    const from = tagged + USER.length;
    const end = text.indexOf('<|im_end|>', from);
    return text.slice(from, end === -1 ? undefined : end);
  }
  const bare = text.startsWith('user\n') ? 0 : text.startsWith('system\n') ? text.indexOf('\nuser\n') + 1 : -1;
  const end = text.lastIndexOf('\nassistant');
  if (bare < 0 || (bare === 0 && !text.startsWith('user\n')) || end === -1) return text;
  return text.slice(bare + 'user\n'.length, end);
};

/** Rewards among the columns of one row: finite numbers, and null where a number was not finite. */
export const rewardColumns = (
  row: Readonly<Record<string, unknown>>,
  isReward: (name: string, value: unknown) => boolean,
): Record<string, number | null> =>
  rewardsOf(
    Object.entries(row)
      .filter(([name, value]) => isRewardName(name) && isReward(name, value))
      .map(([name, value]) => [name, finite(value)] as const),
  );

/** Total of named rewards: `reward` where it is logged, or the only one. Weights are unknown, so no sum is made. */
export const totalOf = (rewards: Readonly<Record<string, number | null>>): number | null => {
  if (Object.hasOwn(rewards, 'reward')) return rewards.reward ?? null;
  const [only, ...others] = Object.values(rewards);
  return only === undefined || others.length > 0 ? null : only;
};
