/** What settings name that only a studio has. Rewards need neither: r = r_a + r_f. */
import type { VerifierSettings } from './settings';

/** One sentence per part of these settings that a service with rules alone leaves out. */
export const serviceLacks = ({ judgeId, tokenizer }: VerifierSettings): readonly string[] => [
  ...(judgeId === null
    ? []
    : ['These settings name a judge; here are rules alone: what they cannot decide stays undetermined.']),
  ...(tokenizer === null
    ? []
    : ['These settings name a tokenizer; here tokens are estimated wherever a request has no think_tokens.']),
];
