/** For tests only: every standing there is, and the lengths at which rules turn. */
import { consistencies, lengthClasses, type Standing } from '@/lib/domain/verdict';

const booleans = [true, false] as const;

/** All 144 of them; the reward is nothing that a rule looks at. */
export const allStandings: readonly Standing[] = [true, false, null].flatMap((correct) =>
  booleans.flatMap((wellFormed) =>
    consistencies.flatMap((consistency) =>
      booleans.flatMap((repetitive) =>
        lengthClasses.map((lengthClass) => ({
          correct,
          wellFormed,
          consistency,
          repetitive,
          lengthClass,
          reward: null,
        })),
      ),
    ),
  ),
);
