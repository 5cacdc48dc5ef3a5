/** What settings name that only a studio has. Rewards need neither: r = r_a + r_f. */
import type { VerifierSettings } from './settings';

/** One sentence per part of these settings that a service with rules alone leaves out. */
export const serviceLacks = (
  { judgeId, tokenizer }: Pick<VerifierSettings, 'judgeId' | 'tokenizer'>,
  hasTokenizer: boolean,
): readonly string[] => [
  ...(judgeId === null
    ? []
    : ['These settings name a judge; here are rules alone: what they cannot decide stays undetermined.']),
  ...(tokenizer === null || hasTokenizer
    ? []
    : [
        'These settings name a tokenizer (--tokenizer); without it tokens are estimated where a request has no think_tokens.',
      ]),
];
