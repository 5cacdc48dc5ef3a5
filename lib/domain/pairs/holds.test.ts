import { describe, expect, test } from 'vitest';
import { pairTypes } from '@/lib/domain/pair';
import { isGood, type Standing } from '@/lib/domain/verdict';
import { standings } from '@/lib/domain/verifier/what-if/standing-code';
import { breachOf, holds, ruleTermsOf, type Side } from './holds';
import { defaultPairSettings } from './settings';

const goodStanding: Standing = {
  wellFormed: true,
  correct: true,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: 1.5,
};
const side = (change: Partial<Standing> = {}, thinkTokens = 100): Side => ({
  standing: { ...goodStanding, ...change },
  thinkTokens,
});
const wrong = { correct: false } as const;

describe('the rule of a pair', () => {
  test.each([
    ['accuracy', 'good over wrong', side(), side(wrong), null],
    ['accuracy', 'the wrong one counts as right', side(), side(), 'the rejected chain is no longer wrong'],
    ['accuracy', 'nobody knows the truth', side(), side({ correct: null }), 'the rejected chain is no longer wrong'],
    ['accuracy', 'the right one counts as wrong', side(wrong), side(wrong), 'the chosen chain is no longer correct'],
    [
      'accuracy',
      'the chosen one became malformed',
      side({ wellFormed: false }),
      side(wrong),
      'the chosen chain is no longer well formed',
    ],
    [
      'accuracy',
      'the chosen one became inconsistent',
      side({ consistency: 'undetermined' }),
      side(wrong),
      'the chosen chain is no longer consistent',
    ],
    [
      'accuracy',
      'the chosen one repeats itself',
      side({ repetitive: true }),
      side(wrong),
      'the chosen chain now counts as repetitive',
    ],
    [
      'accuracy',
      'the chosen one is cut off',
      side({ lengthClass: 'cut_off' }),
      side(wrong),
      'the chosen chain now counts as cut off',
    ],
    ['consistency', 'right by wrong thinking', side(), side({ consistency: 'inconsistent' }), null],
    ['consistency', 'the thinking agrees', side(), side(), 'the rejected chain is no longer inconsistent'],
    [
      'consistency',
      'the answer is wrong',
      side(),
      side({ ...wrong, consistency: 'inconsistent' }),
      'the rejected chain is no longer correct',
    ],
    ['penalty', 'repetitive', side(), side({ repetitive: true }), null],
    ['penalty', 'malformed', side(), side({ wellFormed: false }), null],
    ['penalty', 'cut off', side(), side({ lengthClass: 'cut_off' }), null],
    [
      'penalty',
      'no fault is left',
      side(),
      side({ lengthClass: 'too_long' }),
      'the rejected chain no longer has a fault of form',
    ],
    ['length', 'half as long again', side({}, 150), side({}, 100), null],
    [
      'length',
      'not that much longer',
      side({}, 149),
      side({}, 100),
      'the chosen chain is no longer that much longer than the rejected one',
    ],
    [
      'length',
      'the long one is too long',
      side({ lengthClass: 'too_long' }, 150),
      side(),
      'the chosen chain is now too long',
    ],
    ['length', 'the short one is wrong', side({}, 150), side(wrong), 'the rejected chain is no longer good'],
    ['reflection', 'wrong bridged to right', side(), side(wrong), null],
    ['reflection', 'the beginning is right', side(), side(), 'the chain that begins it is no longer wrong'],
    [
      'reflection',
      'the beginning repeats itself',
      side(),
      side({ ...wrong, repetitive: true }),
      'the chain that begins it is no longer one to begin with',
    ],
    [
      'reflection',
      'the beginning was stopped at the limit, though in form',
      side(),
      side({ ...wrong, lengthClass: 'cut_off' }),
      'the chain that begins it is no longer one to begin with',
    ],
    ['reflection', 'the end is wrong', side(wrong), side(wrong), 'the chain that ends it is no longer correct'],
    [
      'reflection',
      'both are too long',
      side({}, 4000),
      side(wrong, 97),
      'both its chains together are now too long for a reflection',
    ],
  ] as const)('%s: %s', (type, _name, good, bad, breach) => {
    expect(breachOf(type, good, bad, defaultPairSettings)).toBe(breach);
  });

  test('a reflection of which only the beginning is known', () => {
    expect(breachOf('reflection', undefined, side(wrong), defaultPairSettings)).toBeNull();
    expect(breachOf('reflection', undefined, side(), defaultPairSettings)).toBe(
      'the chain that begins it is no longer wrong',
    );
  });

  test('the terms of a pair are those settings alone that its rule goes by', () => {
    const settings = { ...defaultPairSettings, minLengthRatio: 3, maxReflectionTokens: 9 };
    expect(ruleTermsOf(settings)).toEqual({ minLengthRatio: 3, maxReflectionTokens: 9 });
  });

  test('a chain without a verdict', () => {
    expect(breachOf('accuracy', null, side(wrong), defaultPairSettings)).toBe('one of its chains has no verdict');
    expect(breachOf('accuracy', side(), null, defaultPairSettings)).toBe('one of its chains has no verdict');
  });

  test.each(pairTypes)('%s: a reason is given exactly where it does not hold', (type) => {
    for (const good of standings) {
      for (const bad of standings) {
        const [a, b] = [
          { standing: good, thinkTokens: 150 },
          { standing: bad, thinkTokens: 100 },
        ];
        const holding = holds(type, a, b, defaultPairSettings);
        expect(breachOf(type, a, b, defaultPairSettings) === null).toBe(holding);
        if (holding) expect(isGood(good)).toBe(true);
      }
    }
  });
});
