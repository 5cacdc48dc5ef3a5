import { expect, test } from 'vitest';
import { isConcluding, isHedged, lastRetraction, stanceOf } from './stance';

// The statement stands in square brackets.
test.each([
  ['[the answer is B].', 'committed'],
  ['maybe [the answer is B].', 'tentative'],
  ['it might be that [the answer is B].', 'tentative'],
  ['if so, [the answer is B].', 'committed'],
  ['not [the answer is B].', 'denied'],
  ['rather than [the answer is B].', 'denied'],
  ['we rule out that [the answer is B].', 'denied'],
  ['if so, then but [the answer is B].', 'committed'],
  ['If a dog barks; [the answer is B].', 'committed'],
  ['If a dog barks; then [the answer is B].', 'tentative'],
  ['some people say [the answer is B].', 'tentative'],
  ['[the answer is B] is wrong.', 'denied'],
  ['[the answer is B] is not it.', 'denied'],
  ['[the answer is B]?', 'denied'],
  ['[the answer is B] here?', 'denied'],
  ['[the answer is B] here. Why?', 'committed'],
  ['[the answer is B] here.) Why?', 'committed'],
  ['[the answer is B]" he said?', 'denied'],
  ['[the answer is B]" here?', 'denied'],
  ['[the answer is B]**) here?', 'denied'],
  ['[the answer is B] "here"?', 'committed'],
  ['[the answer is B]! Why?', 'committed'],
  ['[the answer is B]\nWhy?', 'committed'],
  ['[the answer is B]。为什么？', 'committed'],
  ['[答案是B]吗', 'denied'],
  ['[the answer is B] if it barks.', 'tentative'],
  ['[the answer is B], or so.', 'tentative'],
  ['[the answer is B] provided that.', 'tentative'],
  ['[the answer is B?] why', 'denied'],
  ['[the answer is B.] Not so? No.', 'committed'],
  ['[the answer is B.] is wrong', 'committed'],
  ['x. If so. [the answer is B].', 'committed'],
  [
    'if x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x [the answer is B].',
    'tentative',
  ],
  [
    'if x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x [the answer is B].',
    'committed',
  ],
  [
    '[the answer is B] x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x?',
    'denied',
  ],
  [
    '[the answer is B] x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x?',
    'committed',
  ],
] as const)('%s: %s', (marked, stance) => {
  const text = marked.replace('[', '').replace(']', '');
  expect(stanceOf(text, marked.indexOf('['), marked.indexOf(']') - 1)).toBe(stance);
});

test.each([
  ['So it is', true],
  ['Therefore', true],
  ['I see: so what', true],
  ['It is so', true],
  ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx so', true],
  ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx so it', false],
  ['I can conclude this', true],
  ['I can safely say this', true],
  ['We say I can confidently confirm it', true],
  ['I can see', false],
  ['**Thus** B', true],
  ['因此', true],
])('%s concludes: %s', (sentence, expected) => {
  expect(isConcluding(sentence)).toBe(expected);
});

test.each([
  ['not so', true],
  ['maybe', true],
  ['it is', false],
  ['why?', true],
  ['if', true],
  ['可能', true],
  ['不', true],
  ['nothing', false],
  ["isn't", true],
])('%s is hedged: %s', (sentence, expected) => {
  expect(isHedged(sentence)).toBe(expected);
});

test.each([
  ['wait, no', 0],
  ['it is B. Wait, no. Wait, I see', 19],
  ['waiting', -1],
  ['hold on', 0],
  ['that is wrong', 0],
  ['no more', -1],
  ['hmm, no.', 0],
  ['no, that', 0],
  ['等等', 0],
  ['', -1],
  ['actually, no!', 0],
  ["but this can't be right", 0],
])('%j is taken back at %d', (text, at) => {
  expect(lastRetraction(text)).toBe(at);
});
