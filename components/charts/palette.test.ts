/**
 * What the palette promises, read from the page's own sheet:
 * - any two of the eight series colours are at least 12 apart (CIEDE2000; 2.3 is just noticed) for normal eyes and for
 *   full protanopia, deuteranopia and tritanopia (Machado 2009, severity 1), in both themes: some five times what is just
 *   noticed, so that thin lines and small swatches, which need more than large fields, are told apart by colour alone;
 * - chosen and rejected are as far apart;
 * - what draws has 3:1 and what is written 4.5:1 against the panels' surface (WCAG 2.2, 1.4.11 and 1.4.3). Names at the
 *   ends of lines are written in the colours of series, so these have 4.5:1;
 * - what shares colours with another look differs in dash or shape.
 * It does not promise that a series differs from chosen, rejected or a check: looks of fixed meaning and looks of series
 * never stand in one chart.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contrast, differenceSeen, sights } from '@/lib/domain/charts/color-sight';
import { checks } from '@/lib/domain/verdict';
import { lookOf, meaningLook, plainLook } from './look';
import type { Look } from './plot-types';

const sheet = readFileSync(path.join(import.meta.dirname, '../../app/globals.css'), 'utf8');

const blockOf = (selector: string): string => {
  const [, block] = new RegExp(`(?:^|\\n)${selector} \\{([^}]*)\\}`).exec(sheet) ?? [];
  if (block === undefined) throw new Error(`The sheet has no block for ${selector}`);
  return block;
};
const themes = {
  light: new Map(
    [...blockOf(":root,\\n\\[data-theme='light'\\]").matchAll(/(--[\w-]+): (#\w{6});/g)].map(([, a = '', b = '']) => [
      a,
      b,
    ]),
  ),
  dark: new Map(
    [...blockOf("\\[data-theme='dark'\\]").matchAll(/(--[\w-]+): (#\w{6});/g)].map(([, a = '', b = '']) => [a, b]),
  ),
};

const colorIn = (theme: keyof typeof themes, name: string): string => {
  const color = themes[theme].get(name.replace(/^var\((.*)\)$/, '$1'));
  if (color === undefined) throw new Error(`${theme} has no colour ${name}`);
  return color;
};

const APART = 12;
const series = Array.from({ length: 8 }, (_, at) => lookOf(at));
const meanings = [...checks, 'chosen', 'rejected'] as const;
const pairs = <T>(all: readonly T[]): [T, T][] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other): [T, T] => [one, other]));
const drawnAs = ({ dash, shape }: Look): string => `${dash}/${shape}`;

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const at = (name: string) => colorIn(theme, name);

  test.each(sights)('any two series are told apart with %s sight', (sight) => {
    for (const [one, other] of pairs(series)) {
      const apart = differenceSeen(sight, at(one.color), at(other.color));
      expect(apart, `${one.color} and ${other.color}`).toBeGreaterThanOrEqual(APART);
    }
    expect(differenceSeen(sight, at('--chosen'), at('--rejected'))).toBeGreaterThanOrEqual(APART);
  });

  test('what is written is readable', () => {
    const written = [...series.map(({ color }) => color), ...meanings.map((meaning) => meaningLook(meaning).color)];
    for (const color of [...written, '--ink', '--ink-2', '--ink-3', '--accent', '--good', '--bad']) {
      expect(contrast(at(color), at('--surface')), color).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('what draws is seen', () => {
    for (const color of [plainLook.color, '--line-strong', '--accent']) {
      expect(contrast(at(color), at('--surface')), color).toBeGreaterThanOrEqual(3);
    }
  });

  test('both themes name the same colours', () => {
    expect([...themes[theme].keys()].sort()).toEqual([...themes.light.keys()].sort());
  });
});

test('dash and shape alone tell 24 series apart', () => {
  const looks = Array.from({ length: 24 }, (_, at) => drawnAs(lookOf(at)));
  expect(new Set(looks).size).toBe(24);
});

test('the fixed meanings differ without colour', () => {
  expect(new Set(meanings.map((meaning) => drawnAs(meaningLook(meaning)))).size).toBe(meanings.length);
});
