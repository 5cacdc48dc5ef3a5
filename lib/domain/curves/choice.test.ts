import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CurveChoice, defaultChoice, formatCurveChoice, formatCurveQuestion, parseCurveChoice } from './choice';

const ID = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const parse = (query: string) => parseCurveChoice(new URLSearchParams(query));

test('a plain address is the usual choice, and the usual choice a plain address', () => {
  expect(parse('')).toEqual(defaultChoice);
  expect(formatCurveChoice(defaultChoice).toString()).toBe('');
});

test.each([
  ['a run in capitals', `with=${ID.toUpperCase()}`, { overlaid: [ID] }],
  ['a run twice, and what is none', `with=${ID}&with=${ID}&with=x`, { overlaid: [ID] }],
  ['no smoothing', 'smooth=0', { smooth: 0 }],
  ['a smoothing off the list', 'smooth=7', { smooth: 5 }],
  ['a smoothing with a sign', 'smooth=%2B10', { smooth: 5 }],
  ['end to end', 'curveX=chained', { x: 'chained' }],
  ['a layout off the list', 'curveX=stacked', { x: 'overlaid' }],
  ['seeds as lines', 'seeds=lines', { seeds: 'lines' }],
  ['a line per set', 'curveSet=each', { set: 'each' }],
  ['one set', `curveSet=${ID}`, { set: ID }],
  ['a set that is no id', "curveSet=' OR 1=1", { set: 'all' }],
  ['iterations in order, once', 'curveK=2&curveK=0&curveK=2&curveK=-1&curveK=01', { k: [0, 2] }],
  ['the whole response', 'curveLength=response', { length: 'response' }],
] as const)('%s', (_name, query, expected) => {
  expect(parse(query)).toMatchObject(expected);
});

test('no more runs than can be told apart', () => {
  const many = Array.from({ length: 20 }, (_, at) => `with=${ID.slice(0, -2)}${10 + at}`).join('&');
  expect(parse(many).overlaid).toHaveLength(6);
});

const choices: fc.Arbitrary<CurveChoice> = fc.record({
  overlaid: fc.uniqueArray(fc.uuid(), { maxLength: 6 }),
  smooth: fc.constantFrom(0, 5, 10, 20),
  x: fc.constantFrom('overlaid', 'chained'),
  seeds: fc.constantFrom('band', 'lines'),
  set: fc.oneof(fc.constantFrom('all', 'each'), fc.uuid()),
  k: fc.uniqueArray(fc.nat(99), { maxLength: 5 }).map((all) => all.sort((a, b) => a - b)),
  length: fc.constantFrom('think', 'response'),
});

test('every choice survives its address, and what the studio is asked with is part of it', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      expect(parse(formatCurveChoice(choice).toString())).toEqual(choice);
      const { overlaid, set, k, length } = choice;
      expect(parse(formatCurveQuestion(choice).toString())).toEqual({ ...defaultChoice, overlaid, set, k, length });
    }),
  );
});
