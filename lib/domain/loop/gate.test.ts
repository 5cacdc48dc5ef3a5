import { describe, expect, test } from 'vitest';
import { drawIds } from './draw';
import { gatePhase, gateStatusOf, isGateMet, leftToPolicy, loopHoldsPairs, pairsToReview, policyName } from './gate';
import type { Gate } from './plan';

const all: Gate = { policy: 'review_all' };
const sample: Gate = { policy: 'review_sample', count: 20 };
const auto: Gate = { policy: 'auto_approve' };
const ids = Array.from({ length: 151 }, (_, at) => `pair ${at}`);

describe('who decides', () => {
  test.each([
    ['review all: a person every pair', all, ids],
    ['a sample: the pairs drawn from the ids', sample, drawIds(ids, 20, 3)],
    ['auto-approve: nobody', auto, []],
  ] as const)('%s', (_name, gate, people) => {
    expect(pairsToReview(gate, ids, 3)).toEqual(people);
  });

  test('a sample of more pairs than there are is all of them', () => {
    expect(pairsToReview(sample, ids.slice(0, 7), 3).sort()).toEqual(ids.slice(0, 7));
  });
});

describe('the status', () => {
  const totals = { proposed: 143, approved: 6, rejected: 2 };
  test.each([
    ['review all, begun', all, totals, { drawn: 0, undecided: 0 }, 143, 151, false, 0],
    ['review all, done', all, { proposed: 0, approved: 1, rejected: 0 }, { drawn: 0, undecided: 0 }, 0, 1, true, 0],
    [
      'review all of nothing',
      all,
      { proposed: 0, approved: 0, rejected: 0 },
      { drawn: 0, undecided: 0 },
      0,
      0,
      true,
      0,
    ],
    ['a sample, begun', sample, totals, { drawn: 20, undecided: 12 }, 12, 20, false, 131],
    ['a sample, decided', sample, totals, { drawn: 20, undecided: 0 }, 0, 20, true, 143],
    ['others decided do not count for a sample', sample, totals, { drawn: 20, undecided: 20 }, 20, 20, false, 123],
    ['auto-approve', auto, totals, { drawn: 0, undecided: 0 }, 0, 0, true, 143],
  ] as const)('%s', (_name, gate, given, drawn, toReview, toReviewInAll, met, left) => {
    const status = gateStatusOf(gate, given, drawn);
    expect(status).toEqual({ ...given, toReview, toReviewInAll });
    expect(isGateMet(status)).toBe(met);
    expect(leftToPolicy(status)).toBe(left);
  });
});

test.each([
  [all, 'review all'],
  [sample, 'review a sample of 20'],
  [auto, 'auto-approve'],
] as const)('%o decides in the name of %s', (gate, name) => {
  expect(policyName(gate)).toBe(name);
});

test.each([
  ['imported', false],
  ['grpo', true],
  ['verify', true],
  ['curate', true],
  ['dpo', false],
  ['eval', false],
  ['done', false],
  ['failed', false],
  ['cancelled', false],
] as const)('%s: the loop holds the pairs is %s', (state, held) => {
  expect(loopHoldsPairs(state)).toBe(held);
});

const status = (toReview: number) => ({ toReview, toReviewInAll: 20, proposed: 30, approved: 5, rejected: 5 });
test.each([
  ['before its stage', 'verify', null, false, 'ahead'],
  ['an imported iteration', 'imported', null, false, 'ahead'],
  ['while pairs are proposed', 'curate', null, false, 'proposing'],
  ['one left to decide', 'curate', status(1), false, 'waiting'],
  ['none left to decide', 'curate', status(0), false, 'met'],
  ['open, whatever was undone since', 'dpo', status(3), false, 'passed'],
  ['long open', 'done', status(0), false, 'passed'],
  ['stopped after the freeze', 'failed', status(0), true, 'passed'],
  ['stopped on the way', 'failed', status(3), false, 'stopped'],
] as const)('%s', (_name, state, given, frozen, phase) => {
  expect(gatePhase(state, given, frozen)).toBe(phase);
});
