/** Trainers: machines that train, as screens show them. The token never leaves the server. */
import { z } from 'zod';
import { serviceUrlSchema } from './service-url';
import { storableString } from './text/storable';
import { trainerInfoSchema } from './trainer/answers';
import { LOCAL_TRAINER_NAME } from './trainer/local';

/** `absent`: this machine cannot have one. `refused`: it answers, but does not take our token or our protocol. */
const trainerStates = ['preparing', 'absent', 'online', 'offline', 'refused'] as const;
export const trainerStateSchema = z.enum(trainerStates);
export type TrainerState = z.infer<typeof trainerStateSchema>;

export const trainerViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  rewardUrl: z.string().nullable(),
  /** The one that `npm start` prepares and starts. */
  local: z.boolean(),
  state: trainerStateSchema,
  /** Why it is not online, or what is being prepared. */
  sentence: z.string().nullable(),
  /** When it last answered, and when it was last asked. */
  seenAt: z.string().nullable(),
  checkedAt: z.string().nullable(),
  info: trainerInfoSchema.nullable(),
  /** Of the jobs on its devices, those that this person may see. */
  jobs: z.array(z.object({ id: z.uuid(), iterationId: z.uuid(), k: z.int().nonnegative(), run: z.string() })),
  /** Where its version differs from the studio's, in a sentence. */
  skew: z.string().nullable(),
});
export type TrainerView = z.infer<typeof trainerViewSchema>;

export const trainerNameSchema = storableString().trim().min(1, 'Give it a name').max(100, 'That name is too long');
/** As the trainer demands it: printable ASCII without spaces, which any header can carry. */
const trainerTokenSchema = z
  .string()
  .trim()
  .min(16, 'A token has at least 16 characters')
  .max(1_000, 'A token has at most 1000 characters')
  .regex(/^[!-~]*$/, 'A token has only printable ASCII characters and no spaces');

/** The path of the reward API below a studio's address. */
export const REWARD_PATH = '/api/v1/rewards';

/** Names may be given without a path: the studio's address alone means its reward API. */
const rewardUrlSchema = serviceUrlSchema.transform((text) => {
  const url = new URL(text);
  return url.pathname === '/' ? `${url.origin}${REWARD_PATH}` : url.href;
});

/** What a person gives to register a trainer. */
export const trainerRegistrationSchema = z.object({
  name: trainerNameSchema.refine(
    (name) => name !== LOCAL_TRAINER_NAME,
    'That is what the studio calls its own trainer',
  ),
  url: serviceUrlSchema,
  token: trainerTokenSchema,
  /** Where this trainer reaches the studio's reward API; null: at the studio's own address. */
  rewardUrl: rewardUrlSchema.nullable(),
});
export type TrainerRegistration = z.infer<typeof trainerRegistrationSchema>;
