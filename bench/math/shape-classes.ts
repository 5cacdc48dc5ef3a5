/** Lists, sets, intervals, equations and words written in two ways, and near misses. */
import { apart, distinct, frac, matrix, oneOf, shuffled, type Write } from './class-parts';

export const shapeClasses: Readonly<Record<string, Write>> = {
  'equations for their value': (random, equal) => {
    const n = random.whole(-40, 90);
    return [String(n), `${random.pick(['x', 'y', 'n', 'A'])} = ${equal ? n : n + 1}`];
  },
  'truth is an equation': (random, equal) => {
    const n = random.whole(-40, 90);
    const name = random.pick(['x', 'y', 'k']);
    return [`${name} = ${n}`, random.pick([String(equal ? n : n + 2), `${name}=${equal ? n : n - 1}`])];
  },
  'chains of equations': (random, equal) => {
    const [a, b] = [random.whole(2, 60), random.whole(2, 60)];
    return [String(equal ? a + b : a + b + 1), `x = ${a} + ${b} = ${a + b}`];
  },
  'equations of lines': (random, equal) => {
    const [a, b] = [random.whole(2, 9), random.whole(1, 9)];
    return [
      `y = ${a}x + ${b}`,
      random.pick([`${a}x - y + ${b}${equal ? '' : '0'} = 0`, `y - ${equal ? b : b + 1} = ${a}x`]),
    ];
  },
  'several assignments': (random, equal) => {
    const [a = 0, b = 1] = distinct(random, 2);
    return [`x = ${a}, y = ${b}`, equal ? `x=${a}, y=${b}` : `x=${a}, y=${b + 1}`];
  },
  'solutions joined by or': (random, equal) => {
    const [a = 0, b = 1] = distinct(random, 2);
    return [`${a}, ${b}`, `x = ${equal ? b : b + 1} \\text{ or } x = ${a}`];
  },
  intervals: (random, equal) => {
    const [a, b] = [random.whole(-20, 5), random.whole(6, 40)];
    const [open, close] = oneOf(random, [
      ['(', ']'],
      ['[', ')'],
      ['[', ']'],
      ['(', ')'],
    ]);
    const half = b % 2 === 0 ? frac(b, 2) : `${b / 2}`;
    const other = close === ')' ? ']' : ')';
    return [
      `${open}${a}, ${b / 2}${close}`,
      equal ? `\\left${open}${a}, ${half}\\right${close}` : `${open}${a}, ${b / 2}${other}`,
    ];
  },
  'unions of intervals': (random, equal) => {
    const [a, b] = [random.whole(-20, 0), random.whole(1, 20)];
    return [
      `(-\\infty, ${a}) \\cup (${b}, \\infty)`,
      equal ? `(${b}, \\infty) \\cup (-\\infty, ${a})` : `(-\\infty, ${a}] \\cup (${b}, \\infty)`,
    ];
  },
  inequalities: (random, equal) => {
    const a = random.whole(-20, 20);
    const [sign, mirror, wrong] = oneOf(random, [
      ['<', '>', '<'],
      ['>', '<', '>'],
      ['\\leq', '\\geq', '\\leq'],
      ['\\ge', '\\le', '\\ge'],
    ]);
    return [`x ${sign} ${a}`, `${a} ${equal ? mirror : wrong} x`];
  },
  'inequality for an interval': (random, equal) => {
    const [a, b] = [random.whole(-20, 0), random.whole(1, 20)];
    const truth = `${a} < x \\leq ${b}`;
    return oneOf(random, [
      [truth, equal ? `(${a}, ${b}]` : `[${a}, ${b}]`],
      [truth, equal ? `x \\in (${a}, ${b}]` : `x \\in (${a}, ${b + 1}]`],
    ]);
  },
  sets: (random, equal) => {
    const members = distinct(random, random.whole(2, 4)).map(String);
    const others = equal ? members : [...members.slice(1), '77'];
    return [`\\{${members.join(', ')}\\}`, `\\{${shuffled(random, others).join(', ')}\\}`];
  },
  'lists without brackets': (random, equal) => {
    const members = distinct(random, random.whole(2, 4)).map(String);
    const others = equal ? members : [...members.slice(1), '77'];
    return [members.join(', '), shuffled(random, others).join(random.pick([', ', ' , ', ',\\, ']))];
  },
  tuples: (random, equal) => {
    const [a = 0, b = 1, c = 2] = distinct(random, 3);
    return [`(${a}, ${b}, ${c})`, equal ? `\\left(${a}, ${frac(2 * b, 2)}, ${c}\\right)` : `(${b}, ${a}, ${c})`];
  },
  'points and vectors': (random, equal) => {
    const [a, b, c] = [random.whole(-9, 9), random.whole(2, 9), random.whole(1, 9)];
    return [
      `\\left( ${frac(c, b)}, ${a} \\right)`,
      equal ? `(${frac(c * 2, b * 2)},${a})` : `(${frac(c, b)},${a + 1})`,
    ];
  },
  matrices: (random, equal) => {
    const cells = [random.whole(-9, 9), random.whole(-9, 9), random.whole(-9, 9), random.whole(-9, 9)];
    const others = equal ? cells : cells.map((cell, i) => (i === 2 ? cell + 1 : cell));
    return [matrix(cells, 'pmatrix'), matrix(others, random.pick(['pmatrix', 'bmatrix']))];
  },
  'plus or minus': (random, equal) => {
    const n = random.whole(2, 40);
    return oneOf(random, [
      [`\\pm ${n}`, equal ? `${n}, -${n}` : `${n}, -${n + 1}`],
      [`\\{${n}, -${n}\\}`, equal ? `\\pm ${n}` : `\\pm ${n + 1}`],
      [`1 \\pm \\sqrt{${n}}`, equal ? `1 + \\sqrt{${n}}, 1 - \\sqrt{${n}}` : `1 + \\sqrt{${n}}, 2 - \\sqrt{${n}}`],
    ]);
  },
  'words in text': (random, equal) => {
    const [word, other] = oneOf(random, [
      ['odd', 'even'],
      ['Monday', 'Friday'],
      ['ellipse', 'circle'],
      ['true', 'false'],
    ]);
    return [`\\text{${word}}`, equal ? `\\text{${word}}` : `\\text{${other}}`];
  },
  'in prose and boxes': (random, equal) => {
    const [n, first] = [random.whole(2, 400), random.whole(2, 400)];
    const said = String(equal ? n : apart(random, 2, 400, n));
    return [
      String(n),
      random.pick([
        `First we get $${first}$. The final answer is $${said}$.`,
        `Adding ${first} and 1 gives the result, so \\boxed{${said}}`,
        `I tried \\boxed{${first}} but that is wrong. Hence $\\boxed{${said}}$.`,
        `The answer is ${said}.`,
        `\\[ x = \\boxed{${said}} \\]`,
      ]),
    ];
  },
};
