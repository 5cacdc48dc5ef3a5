import { describe, expect, test } from 'vitest';
import { facetValues } from '@/lib/domain/rollouts/filter';
import {
  changeOf,
  decidedOf,
  type QuadrantPart,
  quadrantFacets,
  quadrantParts,
  type SliceQuadrant,
  shareOf,
} from './quadrant';

type Standing = { readonly correct: string; readonly consistency: string; readonly wellFormed: string };

const fits = (standing: Standing, part: QuadrantPart): boolean =>
  Object.entries(quadrantFacets[part]).every(([name, values]) =>
    values.includes(Object.entries(standing).find(([own]) => own === name)?.[1] ?? ''),
  );

/** Every standing that a verdict can leave behind, and the one of a rollout without a verdict. */
const standings: Standing[] = [
  { correct: 'unknown', consistency: 'unknown', wellFormed: 'unknown' },
  ...(facetValues.correct ?? []).flatMap((correct) =>
    ['consistent', 'inconsistent', 'undetermined'].flatMap((consistency) =>
      ['yes', 'no'].map((wellFormed) => ({ correct, consistency, wellFormed })),
    ),
  ),
];

test.each(standings)('$correct, $consistency, form $wellFormed is in one part', (standing) => {
  expect(quadrantParts.filter((part) => fits(standing, part))).toHaveLength(1);
});

test.each([
  ['rightInconsistent', { correct: 'yes', consistency: 'inconsistent', wellFormed: 'yes' }],
  // Broken form with a conclusion and an answer that can be read stands in the table: the method asks what it thinks.
  ['wrongConsistent', { correct: 'no', consistency: 'consistent', wellFormed: 'no' }],
  ['malformed', { correct: 'no', consistency: 'undetermined', wellFormed: 'no' }],
  ['undetermined', { correct: 'yes', consistency: 'undetermined', wellFormed: 'yes' }],
  ['noTruth', { correct: 'unknown', consistency: 'consistent', wellFormed: 'no' }],
] as const)('%s', (part, standing) => expect(fits(standing, part)).toBe(true));

const quadrant = (
  k: number,
  stage: SliceQuadrant['stage'],
  [rightConsistent, rightInconsistent, wrongConsistent, wrongInconsistent]: readonly [number, number, number, number],
): SliceQuadrant => {
  const rest = { undetermined: 5, malformed: 0, noTruth: 0, unread: 0 };
  const parts = { rightConsistent, rightInconsistent, wrongConsistent, wrongInconsistent, ...rest };
  const rollouts = rightConsistent + rightInconsistent + wrongConsistent + wrongInconsistent + 5;
  return { iterationId: '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11', k, stage, rollouts, parts, tokens: 0, counted: 0 };
};

test('shares are of the decided', () => {
  const some = quadrant(0, 'eval', [6, 2, 1, 1]);
  expect(decidedOf(some)).toBe(10);
  expect(shareOf(some, 'rightInconsistent')).toBe(0.2);
  expect(shareOf(quadrant(0, 'eval', [0, 0, 0, 0]), 'rightInconsistent')).toBeNull();
});

describe('the change of right by wrong thinking', () => {
  test.each([
    ['nothing', [], null],
    ['one slice', [quadrant(0, 'eval', [6, 2, 1, 1])], null],
    ['two of different stages', [quadrant(0, 'eval', [6, 2, 1, 1]), quadrant(1, 'grpo', [6, 2, 1, 1])], null],
    ['evaluations before GRPO', [quadrant(0, 'eval', [6, 2, 1, 1]), quadrant(1, 'grpo', [6, 4, 0, 0]), quadrant(1, 'eval', [8, 1, 1, 0]), quadrant(2, 'grpo', [8, 2, 0, 0]), quadrant(2, 'eval', [9, 0, 1, 0])], ['eval', 0, 2, 0.2, 0]],
    ['GRPO where evaluations are too few', [quadrant(0, 'eval', [6, 2, 1, 1]), quadrant(1, 'grpo', [6, 4, 0, 0]), quadrant(2, 'grpo', [8, 2, 0, 0])], ['grpo', 1, 2, 0.4, 0.2]],
    ['slices without a decided rollout count not', [quadrant(0, 'eval', [6, 2, 1, 1]), quadrant(1, 'eval', [0, 0, 0, 0])], null],
  ] as const)('%s', (_name, quadrants, expected) => {
    const change = changeOf(quadrants);
    expect(change && [change.first.stage, change.first.k, change.last.k, change.from, change.to]).toEqual(expected);
  });
}); // biome-ignore format: rows as tables
