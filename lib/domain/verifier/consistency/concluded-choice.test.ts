import { describe, expect, test } from 'vitest';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { parseResponse } from '@/lib/domain/verifier/response';
import { checkConsistency } from './consistency';

const english = ['the cat sleeps', 'the dog barks', 'a bird sings', 'nobody moves'];
const chinese = ['猫在睡觉', '狗在叫', '鸟在唱歌', '没人动'];
const vitamins = ['vitamin D', 'vitamin C', 'vitamin B', 'iron'];

const check = (thinking: string, answer: string, options: readonly string[]) => {
  const response = `<think>${thinking}</think>\n<answer>${answer}</answer>`;
  const question = prepareQuestion({ kind: 'choice', prompt: '', options, truth: 'Q' });
  const { think, answer: span } = parseResponse(response);
  return checkConsistency(response, think, span, question).consistency;
};

/**
 * The letter a thinking concludes, nothing where it contradicts every answer, `-` where no answer is called inconsistent
 * or consistent, else what each gives.
 */
const concludes = (thinking: string, options: readonly string[] = english): string => {
  const given = ['A', 'B', 'C', 'D'].map((letter) => check(thinking, letter, options));
  if (given.every((one) => one === 'undetermined')) return '-';
  const letter = given.indexOf('consistent');
  const isOne = given.every((one, at) => one === (at === letter ? 'consistent' : 'inconsistent'));
  return isOne ? 'ABCD'.charAt(letter) : given.map((one) => one.charAt(0)).join('');
};

describe('forms of a conclusion', () => {
  test.each([
    ['The dog barks loudly. Answer: B', 'B'],
    ['**Answer:** B', 'B'],
    ['ANSWER: B', 'B'],
    ['Final answer: **B**', 'B'],
    ['### Final Answer\n\n**B. the dog barks**', 'B'],
    ['### Answer\nB', 'B'],
    ['The bark is loud.\n\n**B**', 'B'],
    ['The bark is loud.\n\nB', 'B'],
    ['The final answer is \\boxed{\\text{B}}.', 'B'],
    ['Therefore $\\boxed{B}$', 'B'],
    ['Hence B.', 'B'],
    ['Hence, (B).', 'B'],
    ["The bark is loud, so it's B.", 'B'],
    ['So it is B.', 'B'],
    ["I'd go with B.", 'B'],
    ['I will go with option B', 'B'],
    ['Going with B.', 'B'],
    ['It must be B.', 'B'],
    ['The correct option is B.', 'B'],
    ['The best choice is B.', 'B'],
    ['My answer is B', 'B'],
    ['My choice: B', 'B'],
    ['The answer is "B".', 'B'],
    ['The answer is (b).', 'B'],
    ['the answer is option b', 'B'],
    ['The answer is definitely B!', 'B'],
    ['So, B it is.', 'B'],
    ['Option B it is.', 'B'],
    ['That makes it B.', 'B'],
    ['B is correct.', 'B'],
    ['Option B is correct.', 'B'],
    ['Therefore, option B is the right one.', 'B'],
    ['So B is the answer.', 'B'],
    ['I choose B.', 'B'],
    ['Select option B', 'B'],
    ['I conclude that it is B.', 'B'],
    ['which means the answer is B', 'B'],
    ['The bark is loud, which matches option B.', 'B'],
    ['I think the answer is B.', 'B'],
    ['The answer is most likely B.', 'B'],
    ['Given that, the answer would be B.', 'B'],
    ['The answer is Ｂ．', 'B'],
    ['The answer is B) the dog barks', 'B'],
    ['The answer is B because the dog barks.', 'B'],
    ['The answer is A, the cat sleeps.', 'A'],
    ['So A.', 'A'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});

describe("an option's own text", () => {
  test.each([
    ['So the answer is the dog barks.', 'B'],
    ['Therefore, the dog barks.', 'B'],
    ['Thus the correct answer is "a bird sings".', 'C'],
    ['So, in the end, nobody moves.', 'D'],
    ['The answer is "The dog barks", as the sound says.', 'B'],
    ['So it is not the case that the dog barks.', '-'],
    ['The dog barks and then the cat sleeps.', '-'],
    ['So the dog barks, but perhaps a bird sings.', '-'],
    ['The answer is that the dog does something.', '-'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});

describe('self-corrections: the last commitment counts', () => {
  test.each([
    ['It might be A. Wait, no, the dog barks, so B.', 'B'],
    ['The answer is A. No, actually it is B.', 'B'],
    ['So the answer is A. Hmm, a bark. On second thought, the answer is B.', 'B'],
    ['I choose A. Scratch that: B is correct.', 'B'],
    ['So A. But wait, the dog barks, so the answer must be B.', 'B'],
    ['The answer is A... no, B.', 'B'],
    ["I was going to say A, but it's B.", 'B'],
    ['I thought it was A. However, the correct answer is B.', 'B'],
    ['Let me reconsider: the answer is B.', 'B'],
    ['\\boxed{A}. Wait, that is wrong: \\boxed{B}', 'B'],
    ['At first glance the answer is A. But on closer look, the answer is B.', 'B'],
    ['Actually, the answer is B.', 'B'],
    ['So the answer is A? No, that is wrong; the answer is B.', 'B'],
    ['The answer is B. Wait, let me double-check. The dog barks. Yes, the answer is B.', 'B'],
    ['The answer is B. Hmm, wait, is it? Yes, B.', 'B'],
    ['The answer is B. Let me double-check: the dog barks. Good.', 'B'],
    ['The answer is A. Let me reconsider. The dog barks.', '-'],
    ['The answer is A. Wait, no, that is not right.', '-'],
    ['So the answer is A. Hmm, no.', '-'],
    ['The answer is A. Actually, no. The dog barks.', '-'],
    ['The answer is A. On second thought, the dog barks.', '-'],
    ['The answer is A. Scratch that.', '-'],
    ['The answer is A. But that cannot be right.', '-'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});

describe('guesses never beat a commitment', () => {
  test.each([
    ['The answer is B. It could also be A.', 'BA'],
    ['The answer could be A. So the answer is B.', 'B'],
    ['The answer is B. Perhaps the answer is A for someone else.', 'BA'],
    ['Maybe it is A. The bark is loud. Thus, B.', 'B'],
    ['The answer might be A.', '-'],
    ['Perhaps the answer is A.', '-'],
    ['Maybe it is A.', '-'],
    ['I think maybe A.', '-'],
    ['It seems the answer may be A.', '-'],
    ['Possibly the answer is A.', '-'],
    ['It could be that the answer is A.', '-'],
  ])('%s → %s', (thinking, letters) => {
    const [committed, guessed] = letters;
    if (guessed === undefined) return expect(concludes(thinking)).toBe(letters);
    expect(check(thinking, committed ?? '', english)).toBe('consistent');
    // The thinking wavers: an answer that takes the guess is not called a contradiction.
    expect(check(thinking, guessed, english)).toBe('undetermined');
    expect(check(thinking, 'D', english)).toBe('inconsistent');
  });
});

describe('negations', () => {
  test.each([
    ['The answer is not A.', '-'],
    ["The answer isn't A.", '-'],
    ["It can't be B.", '-'],
    ['It cannot be B, so the answer is A.', 'A'],
    ['We rule out C. So the answer is B.', 'B'],
    ['We can rule out option C.', '-'],
    ['A is wrong. B is incorrect. So C.', 'C'],
    ['A is not the correct answer.', '-'],
    ['A is the incorrect answer.', '-'],
    ['So A is wrong.', '-'],
    ['Therefore, option A is incorrect.', '-'],
    ['Thus, A is not correct.', '-'],
    ['The answer is none of A, B.', '-'],
    ['The answer is neither A nor B.', '-'],
    ['Eliminating A, B and C leaves D.', 'D'],
    ['That leaves B.', 'B'],
    ['Only B remains.', 'B'],
    ['So we are left with option B.', 'B'],
    ['The only option left is D.', 'D'],
    ['The answer is B rather than A.', 'B'],
    ['The answer is B instead of A.', 'B'],
    ['The answer is B, not A.', 'B'],
    ['The answer is not A but B.', 'B'],
    ['The answer is not A, but B.', 'B'],
    ['It is not A but rather B.', 'B'],
    ['Rather than A, the answer is B.', 'B'],
    ['Instead of A, I choose B.', 'B'],
    ['So the answer is B, because A is wrong.', 'B'],
    ['The wrong answer is A.', '-'],
    ['Option A is not the answer. Option B is the answer.', 'B'],
    ['I would not choose A.', '-'],
    ["I wouldn't go with A.", '-'],
    ['The answer is not among the options.', ''],
    ['None of the options is correct.', '-'],
    ['The answer is no longer A.', '-'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});

describe('options that are told again conclude nothing', () => {
  test.each([
    ['Option A says the cat sleeps, option B says the dog barks.', '-'],
    ['The options are A) the cat sleeps B) the dog barks C) a bird sings D) nobody moves.', '-'],
    ['So the options are: A. the cat sleeps, B. the dog barks, C. a bird sings, D. nobody moves.', '-'],
    ['A. the cat sleeps\nB. the dog barks\nC. a bird sings\nD. nobody moves', '-'],
    ['The question asks which one is right: A, B, C or D.', '-'],
    ['The possible answers are A, B, C and D.', '-'],
    ['The answer is one of A, B, C, D.', '-'],
    ['The answer choices are: A. the cat sleeps.', '-'],
    ['Answer choices: A. the cat sleeps B. the dog barks', '-'],
    ['Option A: the cat sleeps.', '-'],
    ['So the answer is B.\n- Option A: the cat sleeps\n- Option B: the dog barks\n- Option C: a bird sings', 'B'],
    ['Options: A. the cat sleeps; B. the dog barks. Answer: B', 'B'],
    ['The answer is B. The other options, such as A and C, are wrong.', 'B'],
    ['The answer is B. Option A would need a cat.', 'B'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});

describe('options weighed against each other', () => {
  test.each([
    ['A is better than B, so A.', 'A'],
    ['B is more accurate than A. So the answer is B.', 'B'],
    ['A and B are both plausible, but B fits best, so B.', 'B'],
    ['The best choice between A and B is B.', 'B'],
    ['Compared with A, B is the best answer.', 'B'],
    ['It is between A and B.', '-'],
    ['The answer is between A and B.', '-'],
    ['The answer is either A or B.', '-'],
    ['The answer is A or B.', '-'],
    ['The answer is A/B.', '-'],
    ['So the answer is A or B?', '-'],
    ['Is it A or B?', '-'],
    ['Is the answer A?', '-'],
    ['So the answer is A?', '-'],
    ['Should I choose A or B?', '-'],
    ['Both A and B are correct.', '-'],
    ['The correct answers are A and B.', '-'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});

describe('conditions and what others say', () => {
  test.each([
    ['If it were A, the cat would sleep.', '-'],
    ['If the answer is A, the cat sleeps.', '-'],
    ['If the cat slept, the answer would be A.', '-'],
    ['If the answer were A, then the cat would sleep. So the answer is B.', 'B'],
    ['Suppose the answer is A.', '-'],
    ['Assuming the answer is A, the cat sleeps.', '-'],
    ['Assume that the cat sleeps; then the answer is A.', '-'],
    ['The answer would be A if the cat slept.', '-'],
    ['The answer is A unless the dog barks.', '-'],
    ['Had the cat slept, the answer would have been A.', '-'],
    ['Someone might say the answer is A.', '-'],
    ['One might think the answer is A, but the answer is B.', 'B'],
    ['A student could argue that the answer is A.', '-'],
    ['Some would say the answer is A.', '-'],
    ['It is tempting to choose A.', '-'],
    ['You may want to pick A.', '-'],
    ['We must decide whether the answer is A.', '-'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});

describe('letters that name no option', () => {
  test.each([
    ['The answer is a matter of taste.', '-'],
    ['The answer is I guess unclear.', '-'],
    ['So A cat sleeps somewhere.', '-'],
    ['So I think a lot.', '-'],
    ['Figure B shows the answer.', '-'],
    ['So the answer is shown in Figure B.', '-'],
    ['Hence point A is the correct answer.', '-'],
    ['So the answer is Plan A.', '-'],
    ['Therefore, B cells divide.', '-'],
    ['Therefore, A = 3.', '-'],
    ['So C is 3 m long.', '-'],
    ['Thus, B > C.', '-'],
    ['So A implies B.', '-'],
    ['The answer is A-dependent.', '-'],
    ["So the answer is A's length.", '-'],
    ['So the answer is Carl.', '-'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });

  test.each([
    ['So the answer is vitamin C.', 'B'],
    ['So vitamin C is the answer.', 'B'],
    ['Therefore, the correct answer is C. vitamin B', 'C'],
    ['This is rich in vitamin C.', '-'],
  ])('%s → %s among vitamins', (thinking, letter) => {
    expect(concludes(thinking, vitamins)).toBe(letter);
  });
});

describe('statements that are judged, told or mistaken', () => {
  test.each([
    ['A is correct. B is correct as well.', '-'],
    ['So A is correct. So B is correct. So C is wrong.', '-'],
    ['The answer is B. As to the rest: so A is correct.', 'B or A'],
    ['The answer is C (only A).', 'C'],
    ['The order is C, then B, and finally A.', '-'],
    ['The train leaves A, then it stops.', '-'],
    ['There is no A.', '-'],
    ['This arrow means A.', '-'],
    ['Players choose A.', '-'],
    ['Therefore I, as a viewer, see a cat.', '-'],
    ['The answer is B. A common mistake would be to say the answer is A.', 'B or A'],
    ["The student's answer is A.", '-'],
    ['My first guess is A.', '-'],
    ['The answer is A or, more precisely, B.', '-'],
    ['It is not A, it is B.', 'B'],
    ['The final answer is $\\boxed{B}$. I hope it is correct.', 'B'],
    ['Answer: B\n\nExplanation: A is wrong because the cat is awake.', 'B'],
    ['故A正确；B项是狗，故B正确；C项错误。', '-'],
    ['故选D。A项对应猫，所以A正确；所以B错误。', 'D or A'],
    ['The sound is that of the dog barks (B).', 'B alone'],
    ['The answer is B. Looking again, so the answer is 36.', 'B alone'],
    ['The answer is B. Therefore, the correct answer is the feline at rest.', 'B alone'],
  ])('%s → %s', (thinking, expected) => {
    const [letter = '', other] = expected.split(' or ');
    if (expected.endsWith('alone')) {
      expect(['A', 'B', 'C'].map((one) => check(thinking, one, english).charAt(0)).join('')).toBe('ucu');
    } else if (other === undefined) expect(concludes(thinking)).toBe(expected);
    else {
      expect(check(thinking, letter, english)).toBe('consistent');
      expect(check(thinking, other, english)).toBe('undetermined');
    }
  });

  test('what is judged correct is no conclusion where the question asks for what is not', () => {
    const question = { kind: 'choice', prompt: 'Which is not true?', options: english, truth: 'D' } as const;
    const response = '<think>A is correct.</think><answer>D</answer>';
    const { think, answer } = parseResponse(response);
    expect(checkConsistency(response, think, answer, prepareQuestion(question)).consistency).toBe('undetermined');
  });

  test.each([
    ['So the answer is A, B.', ['A, A', 'A, B', 'B, A', 'B, B'], 'B'],
    ['So the answer is A and C.', ['B and C', 'A and B', 'A and C', 'none'], 'C'],
    ['So the answer is C.', ['C', 'D', 'A', 'B'], 'uici'],
    ['So the answer is B.', ['car B', 'car A', 'car D', 'car C'], 'ucii'],
    ['So the answer is option B.', ['car B', 'car A', 'car D', 'car C'], 'B'],
    ['So the answer is B.', ['car A', 'car B', 'car C', 'car D'], 'B'],
    ['So the answer is none of the above.', ['a cat', 'a dog', 'None of the above.', 'a bird'], 'C'],
    ['So the answer is none of the above.', ['a cat', 'a dog', 'a cow', 'a bird'], ''],
    ['So the answer is no.', ['Yes', 'No', 'Not sure', 'Maybe'], 'B'],
  ])('%s among %j', (thinking, options, expected) => {
    expect(concludes(thinking, options)).toBe(expected);
  });
});

describe('ends of whole chains', () => {
  test.each([
    ['So the answer is B (the dog barks), not A (the cat sleeps).', 'B'],
    ['Option B: the dog barks – correct. Option A – incorrect. Therefore B.', 'B'],
    ['**Conclusion:** The correct option is **B**.', 'B'],
    ['Therefore, the answer is: **Option B**.', 'B'],
    ['Based on the above, I believe (B) is correct.', 'B'],
    ['The answer: (B) the dog barks', 'B'],
    ['This rules out A, B, and C. Therefore, D.', 'D'],
    ['A: no. B: yes. C: no.', '-'],
    ['My final answer is B, though A is also plausible.', 'B'],
    ["I'm torn between A and B, but I'll say B.", 'B'],
    ["It's either A or B. Since the dog barks, B.", '-'],
    ['Not A. Not C. Not D. So B.', 'B'],
    ['Answer is not clear; maybe B?', '-'],
    ['I would answer B.', 'B'],
    ['B.', 'B'],
    ['(B)', 'B'],
    ['Thus the correct choice would be option B, the dog barks.', 'B'],
    ["The answer to this question is B: 'the dog barks'.", 'B'],
    ['the answer must therefore be B', 'B'],
    ['the answer should therefore be option B', 'B'],
    ["The answer can't be A, so it's B.", 'B'],
    ['B seems to be the best answer.', 'B'],
    ['Answer B is correct.', 'B'],
    ['Hence the answer, B.', '-'],
    ['Looks like B.', '-'],
    ['B fits best.', '-'],
    ['Therefore the statement in option B is correct.', 'B'],
    ['Therefore the statement in option A is incorrect.', '-'],
    ['The option that is incorrect is A.', '-'],
    ['The correct answer is B. the dog barks.', 'B'],
    ['The correct answer is "B. the dog barks".', 'B'],
    ['Correct answer: B) the dog barks.', 'B'],
    ['The answer is [B].', 'B'],
    ['The answer is <B>.', '-'],
    ['Answer is B', 'B'],
    ['So, the final answer is: $\\boxed{\\textbf{(B)}}$', 'B'],
    ['\\boxed{\\text{B. the dog barks}}', 'B'],
    ['\\(\\boxed{B}\\)', 'B'],
    ['The only possibility is B.', 'B'],
    ['The answer is B?? Yes: B.', '-'],
    ['I guess B.', 'B'],
    ["I'm going with A. Hmm wait, actually the bark is clear. Going with B.", 'B'],
    ['If I had to choose, I would choose B.', 'B'],
    ['Without more frames I cannot be sure, but the answer is probably B.', 'B'],
    ['The answer is B, unless the cat woke up.', '-'],
    ['A would mean the cat sleeps. But the cat is awake. So not A. B then.', '-'],
    ['The cat is awake, so A is out. C is out. B or D. The dog barks, so D is out. B it is.', 'B'],
    [
      'The answer is B: the dog barks. Option A (the cat sleeps) is a distractor. Option C (a bird sings) is not shown.',
      'B',
    ],
    ['So the answer is B. In summary, A is wrong, C is wrong, and D is wrong.', 'B'],
    ['The answer is B. This eliminates A, C and D.', 'B'],
    ['Eliminate A. Eliminate C. Eliminate D. Choose B.', 'B'],
    [
      'The question: which is right? A. the cat sleeps B. the dog barks. I see a dog. The correct answer is therefore B.',
      'B',
    ],
    ['In option A, the cat sleeps. In option B, the dog barks. The video matches B.', '-'],
    ['The answer is not A, B, or C. So D.', 'D'],
    ['Neither A nor C is correct. The answer is B.', 'B'],
    ['A and C can be ruled out, leaving B and D. Since somebody moves, the answer is B.', 'B'],
    ['Both B and D are possible, but B is more likely.', '-'],
    ['B is more likely than D.', '-'],
    ['The teacher says the answer is A, but she is wrong. The answer is B.', 'B'],
    ['According to the video, the answer is B.', 'B'],
    ['The narrator asks: "Is the answer A?" and the answer is B.', 'B'],
    ['Answer: A? No. Answer: B.', 'B'],
    ['the answer = B', 'B'],
    ['ans: B', 'B'],
    ['Ans. B', '-'],
    ['Correct: B', '-'],
    ['Solution: B', 'B'],
    ['Result: B', '-'],
    ['Option B', '-'],
    ['Choice B.', '-'],
    ["So I'd pick (B) here.", 'B'],
    ['I pick b.', '-'],
    ["The dog barks. That's option B.", 'B'],
    ["That's B.", '-'],
    ['This is option B.', 'B'],
    ['This is B.', '-'],
    ["Therefore it's the dog barking, B.", '-'],
    ['The best description is "the dog barks", i.e. B.', '-'],
    ['The best description is "the dog barks", i.e., option B.', '-'],
    ['所以,正确答案是 B: 狗在叫。', 'B'],
    ['故正确答案为:B。', 'B'],
    ['答案:B。解析:A错误,因为猫醒着。', 'B'],
    ['综合来看,B更合适。', '-'],
    ['选项A错误,选项C错误,选项D错误,所以正确答案是选项B。', 'B'],
    ['正确答案不是A,正确答案是B。', 'B'],
    ['我们排除了A和C,因此答案在B和D之间。', 'B'],
    ['答案应该不是A。', '-'],
    ['应该选择A还是B呢?应该选择B。', 'B'],
    ['那么答案就是B了。', 'B'],
    ['因此,我选B选项。', 'B'],
    ['B对。', 'B'],
    ['A不对,B对,所以选B。', 'B'],
    ['答案选B,而不是A。', 'B'],
    ['本题答案:B.', 'B'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});

describe('Chinese', () => {
  test.each([
    ['狗在叫,所以答案是B', 'B'],
    ['因此选B。', 'B'],
    ['故选 B', 'B'],
    ['故选：B。', 'B'],
    ['答案为B。', 'B'],
    ['正确答案：B', 'B'],
    ['正确答案是（B）。', 'B'],
    ['应该选B。', 'B'],
    ['应选B项。', 'B'],
    ['选项B正确。', 'B'],
    ['选项B是正确的。', 'B'],
    ['B选项正确。', 'B'],
    ['B是正确答案。', 'B'],
    ['因此B正确。', 'B'],
    ['不是A而是B。', 'B'],
    ['答案不是A，而是B。', 'B'],
    ['答案是A。等一下，不对，答案是B。', 'B'],
    ['排除A、B、C，所以选D。', 'D'],
    ['最终答案：**B**', 'B'],
    ['综上所述，答案选B。', 'B'],
    ['我选择B', 'B'],
    ['我认为答案应该是B。', 'B'],
    ['本题选B', 'B'],
    ['正确的选项是B。', 'B'],
    ['最佳选项为B', 'B'],
    ['所以是B。', 'B'],
    ['答案显然是B。', 'B'],
    ['答案是Ｂ。', 'B'],
    ['因此，答案是狗在叫。', 'B'],
    ['可能是A，但听声音，选B。', 'B'],
    ['答案是A。等一下，不对。', '-'],
    ['答案不是A。', '-'],
    ['不选A。', '-'],
    ['不能选A。', '-'],
    ['可能是A。', '-'],
    ['答案可能是A。', '-'],
    ['答案也许是A。', '-'],
    ['如果答案是A，那么猫在睡觉。', '-'],
    ['假设答案是A。', '-'],
    ['是A还是B？', '-'],
    ['答案是A或B。', '-'],
    ['答案是A吗？', '-'],
    ['选项A说猫在睡觉，选项B说狗在叫。', '-'],
    ['选项是A、B、C、D。', '-'],
    ['A是错误的。', '-'],
    ['所以A错误。', '-'],
    ['有人会说答案是A。', '-'],
    ['答案不在选项中。', '-'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking, chinese)).toBe(letter);
  });
});

describe('other languages', () => {
  test.each([
    ['La respuesta correcta es B.', 'B'],
    ['Por lo tanto, la respuesta es la B.', 'B'],
    ['La opción correcta es: B', 'B'],
    ['La respuesta no es A.', '-'],
    ['Si la respuesta es A, el gato duerme.', '-'],
    ['La bonne réponse est B.', 'B'],
    ['La réponse est donc B.', 'B'],
    ['Donc, la réponse correcte est la B.', 'B'],
    ["La réponse n'est pas A.", '-'],
    ['La réponse est peut-être A.', '-'],
    ['Die richtige Antwort ist B.', 'B'],
    ['Die Antwort lautet B.', 'B'],
    ['Antwort: B', 'B'],
    ['Die Antwort ist nicht A.', '-'],
    ['Die Antwort ist vielleicht A.', '-'],
    ['A resposta correta é B.', 'B'],
    ['La risposta corretta è B.', 'B'],
    ['Правильный ответ: B', 'B'],
    ['答えはBです。', 'B'],
    ['したがって、正解はBである。', 'B'],
    ['正しい選択肢はBです。', 'B'],
    ['答えはAではありません。', '-'],
    ['答えはAかもしれません。', '-'],
    ['정답은 B입니다.', 'B'],
    ['따라서 답은 B이다.', 'B'],
    ['정답: B', 'B'],
    ['정답은 A가 아닙니다.', '-'],
  ])('%s → %s', (thinking, letter) => {
    expect(concludes(thinking)).toBe(letter);
  });
});
