import { expect, test } from 'vitest';
import { findUnit, isUnit } from './units';

test.each([
  ['m', 'length', 1],
  ['M', undefined, undefined],
  ['Meters', 'length', 1],
  ['METER', 'length', 1],
  ['meters', 'length', 1],
  ['mm', 'length', 0.001],
  ['kg', 'mass', 1],
  ['KG', undefined, undefined],
  ['inch', 'length', 0.0254],
  ['s', 'time', 1],
  ['S', undefined, undefined],
  ['secs', 'time', 1],
  ['x', undefined, undefined],
  ['', undefined, undefined],
  ['ms', 'time', 0.001],
  ['Hz', 'frequency', 1],
  ['hz', undefined, undefined],
  ['volts', 'voltage', 1],
  ['a', undefined, undefined],
  ['feet', 'length', 0.3048],
])('%s: %s', (written, dimension, factor) => {
  expect(findUnit(written)).toEqual(dimension && { dimension, factor });
});

test.each([
  ['m', true],
  ['m/s^2', true],
  ['kg·m²', true],
  ['m s⁻¹', true],
  ['x', false],
  ['m/x', false],
  ['', false],
  ['/', false],
  ['m2', true],
  ['km/h', true],
  ['(m)', true],
  ['cm^3', true],
  ['5', false],
])('%s is made of units: %s', (written, expected) => {
  expect(isUnit(written)).toBe(expected);
});
