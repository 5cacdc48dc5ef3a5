import { describe, expect, test } from 'vitest';
import { formatQuestionAddress, formatWalkQuery, forOtherQuestion, parseQuestionAddress } from './address';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const [A, B] = ['1c1f5a52-54a2-4f0e-8f4c-0d9c5f3a7a22', '2d1f5a52-54a2-4f0e-8f4c-0d9c5f3a7a33'] as const;

const parse = (query: string) => parseQuestionAddress(new URLSearchParams(query));
const two = `slice=${RUN}.1.grpo&slice=${RUN}.2.grpo`;

describe('the address of one question across slices', () => {
  test.each([
    ['nothing but slices', two],
    ['four slices, other sides', `${two}&slice=${RUN}.0.eval&slice=${RUN}.1.eval&left=3&right=0`],
    ['a group and an order', `${two}&group=${A}&order=length`],
    ['a diff, in one text', `${two}&diff=inline&a=${A}&b=${B}`],
    ['a walk through flips', `${two}&set=${A}&kind=choice&flip=wrong-right`],
  ])('comes back as it went: %s', (_, query) => {
    expect(formatQuestionAddress(parse(query)).toString()).toBe(query);
  });

  test.each([
    ['a diff of one chain is none', `${two}&a=${A}`, { diff: null }],
    ['a chain that is no id', `${two}&a=${A}&b=x`, { diff: null }],
    ['an unknown order', `${two}&order=best`, { order: 'sample' }],
    ['a place that no slice has', `${two}&left=7&right=-1`, { left: 0, right: 1 }],
    ['one slice stands on both sides', `slice=${RUN}.1.grpo`, { left: 0, right: 0 }],
    ['no slice', '', { slices: [], left: 0, right: 0 }],
    ['markup as a flip', `${two}&flip=<b>`, { scope: { flip: null, narrow: { set: [], kind: [] } } }],
    ['groups that are no ids', `${two}&group=x&group=${A.toUpperCase()}&group=${A}`, { groups: [A] }],
  ])('drops what it does not know: %s', (_, query, expected) => {
    expect(parse(query)).toMatchObject(expected);
  });

  test('a fifth slice is not shown', () => {
    const many = Array.from({ length: 6 }, (_, k) => `slice=${RUN}.${k}.eval`).join('&');
    expect(parse(many).slices.map(({ k }) => k)).toEqual([0, 1, 2, 3]);
  });

  test('of another question it keeps the slices, the order and the walk, not what was of this one', () => {
    const query = `${two}&group=${A}&order=reward&flip=wrong-right&a=${A}&b=${B}`;
    expect(formatQuestionAddress(forOtherQuestion(parse(query))).toString()).toBe(
      `${two}&flip=wrong-right&order=reward`,
    );
  });

  test('the walk asks for the two sides and the list alone', () => {
    const { slices, scope } = parse(`${two}&group=${A}&kind=text&flip=right-wrong&order=length`);
    expect(formatWalkQuery(slices, scope).toString()).toBe(`${two}&kind=text&flip=right-wrong`);
  });
});
