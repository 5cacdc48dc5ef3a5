import { expect, test } from 'vitest';
import { parseOptions } from './options';

const parse = (...args: readonly string[]) => parseOptions(args, '/home/me', '/clone');

test.each([
  ['nothing', [], { port: 3000, host: '127.0.0.1', dataDir: '/clone/.data', trainer: true }],
  ['a port', ['--port', '4000'], { port: 4000, host: '127.0.0.1', dataDir: '/clone/.data', trainer: true }],
  [
    'a relative folder starts where the person is',
    ['--data', 'x'],
    { port: 3000, host: '127.0.0.1', dataDir: '/home/me/x', trainer: true },
  ],
  [
    'an absolute folder and a host',
    ['--data=/x', '--host=::'],
    { port: 3000, host: '::', dataDir: '/x', trainer: true },
  ],
  ['without a trainer', ['--no-trainer'], { port: 3000, host: '127.0.0.1', dataDir: '/clone/.data', trainer: false }],
  ['help', ['--help', '--port', '1'], undefined],
])('%s', (_name, args, expected) => {
  expect(parse(...args)).toEqual(expected);
});

test.each([
  ['a port that is no number', ['--port', '80x'], /--port 80x is no port/],
  ['a port that is too large', ['--port', '65536'], /is no port/],
  ['an unknown option', ['--prot', '4000'], /Unknown option '--prot'/],
  ['an option without its value', ['--port'], /argument missing/],
])('%s is refused', (_name, args, message) => {
  expect(() => parse(...args)).toThrow(message);
});
