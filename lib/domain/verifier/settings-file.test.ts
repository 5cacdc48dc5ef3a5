import { describe, expect, test } from 'vitest';
import { readingOf } from './reading';
import { serviceLacks } from './service-lacks';
import { defaultVerifierSettings } from './settings';
import { readSettingsFile, settingsFile } from './settings-file';
import { RULES_VERSION } from './version';

const settings = { ...defaultVerifierSettings, maxRepetition: 0.2 };

test('a version that leaves the studio comes back as it was', () => {
  const written = JSON.stringify(settingsFile({ number: 3, rulesVersion: RULES_VERSION, settings }));
  expect(readSettingsFile(JSON.parse(written))).toEqual({ ok: true, file: { version: 3, settings } });
});

test('bare settings have no number, and what they leave out is the default', () => {
  expect(readSettingsFile({ maxRepetition: 0.2 })).toEqual({ ok: true, file: { version: null, settings } });
});

describe('refused, in a sentence', () => {
  test.each([
    ['a list', [], 'must be a JSON object'],
    ['nothing', null, 'must be a JSON object'],
    ['a mistyped threshold', { maxRepetitions: 0.2 }, 'no setting maxRepetitions; there are'],
    ['a mistyped threshold of a version', { version: 1, rules: RULES_VERSION, settings: { x: 1 } }, 'no setting x'],
    ['a threshold out of range', { maxRepetition: 2 }, 'maxRepetition'],
    ['other rules', { version: 1, rules: RULES_VERSION + 1, settings }, `rule set ${RULES_VERSION + 1}`],
  ] as const)('%s', (_name, raw, reason) => {
    expect(readSettingsFile(raw)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  test('a name of any length is quoted in part, and the right ones are listed', () => {
    const read = readSettingsFile({ ['x'.repeat(1_000)]: 1 });
    const names = Object.keys(defaultVerifierSettings).join(', ');
    expect(read).toEqual({ ok: false, reason: `There is no setting ${'x'.repeat(60)}; there are ${names}.` });
  });

  test('other rules are named beside these', () => {
    const read = readSettingsFile({ version: 1, rules: RULES_VERSION + 1, settings });
    const [theirs, ours] = [RULES_VERSION + 1, RULES_VERSION];
    expect(read).toEqual({
      ok: false,
      reason: `It is for rule set ${theirs}, and these are the rules of set ${ours}.`,
    });
  });
});

const judge = 'These settings name a judge; here are rules alone: what they cannot decide stays undetermined.';
const tokenizer =
  'These settings name a tokenizer (--tokenizer); without it tokens are estimated where a request has no think_tokens.';

test.each([
  ['nothing but rules', {}, false, []],
  ['a judge', { judgeId: 'x' }, false, [judge]],
  ['a tokenizer', { tokenizer: 'x' }, false, [tokenizer]],
  ['a tokenizer that is there', { tokenizer: 'x' }, true, []],
  ['both', { judgeId: 'x', tokenizer: 'x' }, false, [judge, tokenizer]],
] as const)('a service lacks, of settings with %s', (_name, named, hasTokenizer, sentences) => {
  expect(serviceLacks({ judgeId: null, tokenizer: null, ...named }, hasTokenizer)).toEqual(sentences);
});

describe('settings', () => {
  test.each([
    ['the shortest thinking below the longest', { minThinkTokens: 99, maxThinkTokens: 100 }, true],
    ['the shortest as long as the longest', { minThinkTokens: 100, maxThinkTokens: 100 }, false],
    ['the shortest above the longest', { minThinkTokens: 101, maxThinkTokens: 100 }, false],
    ['no thinking asked for', { minThinkTokens: 0 }, true],
    ['an accuracy above 1', { minAccuracy: 1.01 }, false],
    ['a negative repetition', { maxRepetition: -0.1 }, false],
    ['passages of one word', { repetitionNgram: 1 }, false],
    ['passages of half a word', { repetitionNgram: 2.5 }, false],
    ['a tokenizer by its sha256', { tokenizer: 'a'.repeat(64) }, true],
    ['a tokenizer by a name', { tokenizer: 'qwen' }, false],
    ['a judge by a name', { judgeId: 'gpt' }, false],
  ])('%s', (_name, part, isLegal) => {
    expect(readSettingsFile(part).ok).toBe(isLegal);
  });

  test('what is read with is the n-gram and the tokenizer alone', () => {
    const tokenizer = 'a'.repeat(64);
    const read = readingOf({ ...defaultVerifierSettings, maxRepetition: 0.9, repetitionNgram: 7, tokenizer });
    expect(read).toEqual({ repetitionNgram: 7, tokenizer });
  });
});
