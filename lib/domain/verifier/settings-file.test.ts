import { describe, expect, test } from 'vitest';
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
});

test.each([
  ['nothing but rules', {}, false, []],
  ['a judge', { judgeId: 'x' }, false, ['judge']],
  ['a tokenizer', { tokenizer: 'x' }, false, ['tokenizer']],
  ['a tokenizer that is there', { tokenizer: 'x' }, true, []],
] as const)('a service lacks, of settings with %s', (_name, named, hasTokenizer, words) => {
  const lacks = serviceLacks({ judgeId: null, tokenizer: null, ...named }, hasTokenizer);
  expect(lacks.map((sentence) => words.find((word) => sentence.includes(word)))).toEqual(words);
});
