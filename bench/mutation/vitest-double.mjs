/** Stands in for `vitest` where tests run in one process: the same `expect`, and tests that are kept to be called. */
import { format } from 'node:util';
import { expect as vitestExpect } from 'vitest';

export const expect = vitestExpect;
export const vi = { setConfig: () => undefined };

export const collected = { file: '', tests: [] };
const names = [];
const seen = new Map();

const add = (name, run) => {
  const whole = [collected.file, ...names, name].join(' > ');
  const count = (seen.get(whole) ?? 0) + 1;
  seen.set(whole, count);
  collected.tests.push({ id: count > 1 ? `${whole} #${count}` : whole, name: whole, file: collected.file, run });
};

const bodyOf = (rest) => rest.find((part) => typeof part === 'function');

export const test = (name, ...rest) => add(name, () => bodyOf(rest)());
test.each =
  (table) =>
  (name, ...rest) => {
    for (const row of table) {
      const values = Array.isArray(row) ? row : [row];
      add(format(name, ...values), () => bodyOf(rest)(...values));
    }
  };
test.skipIf = (skips) => (skips ? () => undefined : test);
export const it = test;

export const describe = (name, ...rest) => {
  names.push(name);
  bodyOf(rest)();
  names.pop();
};
describe.skipIf = (skips) => (skips ? () => undefined : describe);
describe.each =
  (table) =>
  (name, ...rest) => {
    for (const row of table) describe(format(name, ...[row].flat()), () => bodyOf(rest)(...[row].flat()));
  };
