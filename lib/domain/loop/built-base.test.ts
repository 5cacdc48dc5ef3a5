import { expect, test } from 'vitest';
import { builtFields, builtModel, builtProblems, defaultBuilt } from './built-base';
import { formatBounds } from './field-text';

test('the default is the trainer’s own, and nothing is wrong with it', () => {
  expect(builtProblems(defaultBuilt)).toEqual({});
  expect(builtModel(defaultBuilt)).toEqual({
    source: 'built',
    name: 'moving-shapes',
    seed: 0,
    width: 128,
    layers: 4,
  });
});

test.each([
  ['width', '192', undefined],
  ['width', '100', 'Width must be a multiple of 32'],
  ['width', '8192', 'Width must be 32 to 4,096'],
  ['width', '', 'Width needs a number'],
  ['layers', '0', 'Layers must be 1 to 64'],
  ['layers', '2.5', 'Layers needs a whole number'],
  ['seed', '-1', 'Seed of the weights must be at least 0, less than 2,147,483,648'],
  ['seed', '7', undefined],
] as const)('%s = “%s”', (name, text, problem) => {
  const texts = { ...defaultBuilt, [name]: text };
  expect(builtProblems(texts)[name]).toBe(problem);
  expect(builtModel(texts) === null).toBe(problem !== undefined);
});

test('bounds are said', () => {
  expect(formatBounds(builtFields.width.control)).toBe('32 to 4,096');
});
