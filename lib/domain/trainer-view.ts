/** Trainers: machines that train, as screens show them. The token never leaves the server. */
import { z } from 'zod';
import { trainerInfoSchema } from './trainer/answers';

/** `absent`: this machine cannot have one. `refused`: it answers, but does not take our token or our protocol. */
export const trainerStates = ['preparing', 'absent', 'online', 'offline', 'refused'] as const;
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
  /** Where its version differs from the studio's, in a sentence. */
  skew: z.string().nullable(),
});
export type TrainerView = z.infer<typeof trainerViewSchema>;

export const trainerNameSchema = z.string().trim().min(1, 'Give it a name').max(100, 'That name is too long');
/** Where a trainer or a reward API listens: http or https, no credentials. */
export const serviceUrlSchema = z
  .url({ protocol: /^https?$/, error: 'Give an address that begins with http:// or https://' })
  .max(2_000)
  .refine(
    (url) => new URL(url).username === '' && new URL(url).password === '',
    'Leave user and password out of the address',
  );
export const trainerTokenSchema = z.string().trim().min(16, 'A token has at least 16 characters').max(1_000);
