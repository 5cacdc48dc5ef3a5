/** Composed chains: a wrong start, a sentence of doubt, a right end. */
import type { PairCandidate, Seam } from './candidate';
import { opensReflection } from './holds';

/** Whether a rollout can open a reflection: by its standing, and it has thinking to begin with. */
export const canOpenReflection = ({ standing, thinking }: Pick<PairCandidate, 'standing' | 'thinking'>): boolean =>
  opensReflection(standing) && hasText(thinking);

/** Whether a good rollout can end a reflection: it needs both its thinking and its answer. */
export const canCloseReflection = ({ thinking, answer }: Pick<PairCandidate, 'thinking' | 'answer'>): boolean =>
  hasText(thinking) && hasText(answer);

const hasText = (text: string | null): text is string => text !== null && text.trim() !== '';

/**
 * The reflective chain of two rollouts: `<think>wrong, bridge, right</think>` and the right answer, with the place
 * of the bridge. Undefined when a part is missing.
 */
export const composeReflection = (
  wrong: PairCandidate,
  right: PairCandidate,
  bridge: string,
): { text: string; seam: Seam } | undefined => {
  if (!hasText(wrong.thinking) || !hasText(right.thinking) || !hasText(right.answer)) return undefined;
  const opening = `<think>\n${wrong.thinking.trim()}\n\n`;
  const closing = `\n\n${right.thinking.trim()}\n</think>\n<answer>${right.answer.trim()}</answer>`;
  return {
    text: opening + bridge + closing,
    seam: { bridgeStart: opening.length, bridgeEnd: opening.length + bridge.length },
  };
};
