import { expect, test } from 'vitest';
import { localTrainerSchema } from '@/lib/domain/trainer/local';
import { isTrainerWanted } from './local-trainer';
import { installingStatus, notInstalled, runningStatus, withoutPython, wrongPython } from './trainer-status';

test.each([
  [0, 'Installing the trainer: downloading torch; 0 s so far. The studio works meanwhile.'],
  [59_400, 'Installing the trainer: downloading torch; 59 s so far. The studio works meanwhile.'],
  [72_000, 'Installing the trainer: downloading torch; 1.2 minutes so far. The studio works meanwhile.'],
])('an installation of %i ms', (milliseconds, sentence) => {
  expect(installingStatus('downloading torch', milliseconds)).toEqual({ state: 'preparing', sentence });
});

const url = 'http://127.0.0.1:4000';
const service = { url, answered: false, answers: false, failures: 0, words: '', logFile: '/data/logs/trainer.log' };

test.each([
  ['just started', {}, { state: 'preparing', sentence: 'Starting the trainer of this machine.' }],
  ['it answers', { answered: true, answers: true }, { state: 'started', url }],
  ['killed once: whoever asks it will say so', { answered: true, failures: 1 }, { state: 'started', url }],
  ['it answers again after many ends', { answered: true, answers: true, failures: 9 }, { state: 'started', url }],
  [
    'it never comes up',
    { failures: 3, words: 'The trainer cannot start:\n- Another trainer is using /data/trainer\n' },
    {
      state: 'absent',
      sentence:
        'The trainer ends as soon as it is started, 3 times so far; it is tried again. Its last words: The trainer cannot start: - Another trainer is using /data/trainer Its log: /data/logs/trainer.log',
    },
  ],
])('a service: %s', (_name, change, expected) => {
  expect(runningStatus({ ...service, ...change })).toEqual(expected);
});

test.each([
  ['no Python', withoutPython, /^There is no Python 3\.11 or newer.*python3-venv/],
  [
    'pip failed',
    notInstalled('No space left\non device', '/x.log'),
    /No space left on device The whole story: \/x\.log$/,
  ],
  ['a Python without it', wrongPython('/usr/bin/python3', "No module named 'torch'"), /\(\/usr\/bin\/python3\) has no/],
  ['endless words', notInstalled('x'.repeat(100_000), '/x.log'), /^.{1,500}$/],
])('%s: absent, in a sentence that the worker reads back', (_name, status, sentence) => {
  expect(localTrainerSchema.parse(JSON.parse(JSON.stringify(status)))).toEqual({
    state: 'absent',
    sentence: expect.stringMatching(sentence),
  });
});

test.each([
  [undefined, true],
  ['', true],
  ['on', true],
  ['off', false],
])('VERIPO_TRAINER=%s', (value, wanted) => {
  expect(isTrainerWanted(value)).toBe(wanted);
});

test('VERIPO_TRAINER=maybe is refused', () => {
  expect(() => isTrainerWanted('maybe')).toThrow('set it to on or off');
});
