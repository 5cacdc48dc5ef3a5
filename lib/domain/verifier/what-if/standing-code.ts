/** Standings as numbers below 144, without the reward: what hundreds of thousands of rollouts are counted by. */
import { consistencies, lengthClasses, type Standing } from '@/lib/domain/verdict';

const corrects = [null, false, true] as const;

export const STANDING_CODES = 2 * corrects.length * consistencies.length * 2 * lengthClasses.length;

/** The number of a standing; its reward does not count. */
export const codeOf = ({ wellFormed, correct, consistency, repetitive, lengthClass }: Standing): number => {
  const right = correct === null ? 0 : correct ? 2 : 1;
  const form = lengthClasses.indexOf(lengthClass) * 2 + Number(repetitive);
  return (
    ((form * consistencies.length + consistencies.indexOf(consistency)) * corrects.length + right) * 2 +
    Number(wellFormed)
  );
};

const standingOf = (code: number): Standing => {
  const take = (size: number): number => {
    const digit = rest % size;
    rest = Math.floor(rest / size);
    return digit;
  };
  let rest = code;
  return {
    wellFormed: take(2) === 1,
    correct: corrects[take(corrects.length)] ?? null,
    consistency: consistencies[take(consistencies.length)] ?? 'undetermined',
    repetitive: take(2) === 1,
    lengthClass: lengthClasses[take(lengthClasses.length)] ?? 'in_range',
    reward: null,
  };
};

/** Every standing at the place of its number, with no reward. */
export const standings: readonly Standing[] = Array.from({ length: STANDING_CODES }, (_, code) => standingOf(code));
