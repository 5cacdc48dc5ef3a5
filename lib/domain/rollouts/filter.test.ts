import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  facetNames,
  facetValues,
  forEachFacet,
  formatRolloutList,
  parseRolloutList,
  type RolloutListState,
  rolloutSorts,
  rolloutViews,
  toSearchParams,
} from './filter';

const ID = '0b9f2d6e-6a57-4c0e-9f0c-4c8a4c1f7a11';
const parse = (query: string) => parseRolloutList(new URLSearchParams(query));

test.each([
  ['nothing means everything, grouped', '', { sort: 'newest', view: 'grouped' }],
  ['groups are not ordered by length', 'sort=longest', { sort: 'newest', view: 'grouped' }],
  ['groups may be ordered oldest first', 'sort=oldest', { sort: 'oldest', view: 'grouped' }],
  ['the flat list is ordered by anything', 'view=flat&sort=longest', { sort: 'longest', view: 'flat' }],
  ['an unknown order is the usual one', 'view=flat&sort=id;DROP TABLE rollout', { sort: 'newest', view: 'flat' }],
] as const)('%s', (_name, query, expected) => {
  expect(parse(query)).toMatchObject(expected);
});

test.each([
  ['a value off the list', 'correct=maybe', 'correct', []],
  ['two values in shown order, once', 'correct=unknown&correct=yes&correct=yes', 'correct', ['yes', 'unknown']],
  ['a set that is no id', "set=' OR 1=1", 'set', []],
  ['an id in capitals', `set=${ID.toUpperCase()}`, 'set', [ID]],
  ['an iteration with a sign', 'iteration=-1&iteration=2', 'iteration', ['2']],
  ['a name of the prototype', '__proto__=yes&constructor=yes', 'corrected', []],
] as const)('facet: %s', (_name, query, facet, expected) => {
  expect(parse(query).filter.facets[facet]).toEqual(expected);
});

test.each([
  ['one', 'step=0', ['0']],
  ['several, once', 'step=12&step=12&step=3', ['12', '3']],
  ['not a number, or more than PostgreSQL holds', 'step=-1&step=1e3&step=9999999999&step=01', []],
] as const)('steps: %s', (_name, query, expected) => {
  expect(parse(query).filter.step).toEqual(expected);
});

test.each([
  ['both ends', 'stepMin=0&stepMax=49', 0, 49],
  ['open above', 'stepMin=12', 12, null],
  ['not a number, or more than PostgreSQL holds', 'stepMin=-1&stepMax=9999999999', null, null],
  ['no whole number', 'stepMin=1e3&stepMax=1.5', null, null],
] as const)('a range of steps: %s', (_name, query, stepMin, stepMax) => {
  expect(parse(query).filter).toMatchObject({ stepMin, stepMax });
});

test.each([
  ['a number', 'rewardMin=0.5', 0.5],
  ['an empty field', 'rewardMin=', null],
  ['not a number', 'rewardMin=NaN', null],
  ['out of all range', 'rewardMin=1e99', null],
  ['the first of two', 'rewardMin=1&rewardMin=2', 1],
] as const)('reward: %s', (_name, query, expected) => {
  expect(parse(query).filter.rewardMin).toBe(expected);
});

test.each([
  ['is trimmed', 'text=%20so%20the%20answer%20', 'so the answer'],
  ['holds no NUL, which PostgreSQL cannot take', 'text=a%00b', 'ab'],
  ['of spaces only is none', 'text=%20%20', null],
  ['is cut at 200', `text=${'x'.repeat(300)}`, 'x'.repeat(200)],
] as const)('text: %s', (_name, query, expected) => {
  expect(parse(query).filter.text).toBe(expected);
});

const chosenFrom = (values: readonly string[]) => fc.subarray([...values]);
const sortedIds = fc.uniqueArray(fc.uuid(), { maxLength: 3 }).map((values) => values.sort());
const sources = fc.string({ minLength: 1 }).filter((value) => !value.includes('\0'));
const rewards = fc.option(fc.double({ min: -10, max: 10, noNaN: true }).map((value) => value + 0));
const iterations = fc.uniqueArray(fc.nat(999).map(String), { maxLength: 5 }).map((values) => values.sort());
const arbitraryFacets = fc
  .tuple(fc.record(forEachFacet((name) => chosenFrom(facetValues[name] ?? []))), iterations, sortedIds)
  .map(([facets, iteration, set]) => ({ ...facets, iteration, set }));
const arbitraryState: fc.Arbitrary<RolloutListState> = fc.record({
  filter: fc.record({
    facets: arbitraryFacets,
    run: sortedIds,
    question: sortedIds,
    source: fc.uniqueArray(sources, { maxLength: 3 }).map((values) => values.sort()),
    step: iterations,
    stepMin: fc.option(fc.nat(100_000)),
    stepMax: fc.option(fc.nat(100_000)),
    rewardMin: rewards,
    rewardMax: rewards,
    lengthMin: fc.option(fc.nat(100_000)),
    lengthMax: fc.option(fc.nat(100_000)),
    wordsMin: fc.option(fc.nat(100_000)),
    wordsMax: fc.option(fc.nat(100_000)),
    sentencesMin: fc.option(fc.nat(100_000)),
    sentencesMax: fc.option(fc.nat(100_000)),
    text: fc.option(fc.string({ minLength: 1 }).filter((value) => value.trim() === value && value !== '')),
  }),
  sort: fc.constantFrom(...rolloutSorts),
  view: fc.constantFrom(...rolloutViews),
});

test('every state survives its address', () => {
  fc.assert(
    fc.property(arbitraryState, (raw) => {
      // Through the door once: what comes out of it is what the rest of the program holds.
      const state: RolloutListState = parseRolloutList(formatRolloutList(raw));
      expect(parseRolloutList(new URLSearchParams(formatRolloutList(state).toString()))).toEqual(state);
      expect(state.filter).toEqual(raw.filter);
    }),
  );
});

test('any query string gives a state, and its address is stable', () => {
  const value = fc.oneof(fc.string(), fc.constantFrom('yes', 'no', 'unknown', 'flat', '3', ID));
  const name = fc.oneof(fc.string(), fc.constantFrom(...facetNames, 'text', 'rewardMin', 'sort', 'view', 'run'));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
      const state = parseRolloutList(new URLSearchParams(pairs));
      const address = formatRolloutList(state).toString();
      expect(formatRolloutList(parseRolloutList(new URLSearchParams(address))).toString()).toBe(address);
    }),
  );
});

test('reads what Next hands to a page', () => {
  const params = toSearchParams({ correct: ['yes', 'no'], text: 'a', gone: undefined });
  expect([...params]).toEqual([
    ['correct', 'yes'],
    ['correct', 'no'],
    ['text', 'a'],
  ]);
});
