import { describe, expect, test } from 'vitest';
import { all, inChunks, utf8 } from '@/lib/domain/formats/test-support';
import { readLines } from './text';

const utf16 = (text: string, littleEndian: boolean, mark = true): Uint8Array => {
  const units = [
    ...(mark ? [0xfeff] : []),
    ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)),
  ];
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  units.forEach((unit, index) => {
    view.setUint16(index * 2, unit, littleEndian);
  });
  return bytes;
};

const bytes = (...parts: readonly (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8(part)] : part)));

const BAD = { refusal: expect.stringContaining('not valid text') };

describe('lines', () => {
  test.each<[string, Uint8Array, unknown[]]>([
    ['empty file', utf8(''), []],
    ['one line, no newline', utf8('a'), [{ at: 1, text: 'a', ended: false }]],
    [
      'newlines of both kinds',
      utf8('a\r\nb\n'),
      [
        { at: 1, text: 'a', ended: true },
        { at: 2, text: 'b', ended: true },
      ],
    ],
    [
      'blank lines count',
      utf8('\n\nc\n'),
      [
        { at: 1, text: '', ended: true },
        { at: 2, text: '', ended: true },
        { at: 3, text: 'c', ended: true },
      ],
    ],
    ['UTF-8 mark is not text', bytes([0xef, 0xbb, 0xbf], 'é\n'), [{ at: 1, text: 'é', ended: true }]],
    [
      'a mark in the middle stays',
      utf8('a\n\uFEFFb\n'),
      [
        { at: 1, text: 'a', ended: true },
        { at: 2, text: '\uFEFFb', ended: true },
      ],
    ],
    [
      'latin-1 byte: that line only',
      bytes('a\nb', [0xe9], '\nc\n'),
      [
        { at: 1, text: 'a', ended: true },
        { at: 2, ...BAD },
        { at: 3, text: 'c', ended: true },
      ],
    ],
    ['overlong form', bytes([0xc0, 0xaf], '\n'), [{ at: 1, ...BAD }]],
    ['UTF-8 of half a pair', bytes([0xed, 0xa0, 0x80], '\n'), [{ at: 1, ...BAD }]],
    [
      'cut inside a character at the end',
      bytes('a\nb', [0xe2, 0x82]),
      [
        { at: 1, text: 'a', ended: true },
        { at: 2, ...BAD },
      ],
    ],
    [
      'UTF-16 LE',
      utf16('é😀\nb\n', true),
      [
        { at: 1, text: 'é😀', ended: true },
        { at: 2, text: 'b', ended: true },
      ],
    ],
    [
      'UTF-16 BE',
      utf16('é😀\r\nb', false),
      [
        { at: 1, text: 'é😀', ended: true },
        { at: 2, text: 'b', ended: false },
      ],
    ],
    ['UTF-16 LE without mark', utf16('{"é"}\n', true, false), [{ at: 1, text: '{"é"}', ended: true }]],
    [
      'UTF-16 with half a pair: that line only',
      utf16('a\n\uD83Dx\nc\n', true),
      [
        { at: 1, text: 'a', ended: true },
        { at: 2, ...BAD },
        { at: 3, text: 'c', ended: true },
      ],
    ],
    [
      'UTF-16 cut inside a unit',
      utf16('ab\nc', true).subarray(0, -1),
      [
        { at: 1, text: 'ab', ended: true },
        { at: 2, ...BAD },
      ],
    ],
    ['UTF-32 mark', bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0xd8]), [{ at: 1, ...BAD }]],
  ])('%s', async (_name, file, lines) => {
    for (const size of [1, 2, 3, 5, 1000]) expect(await all(readLines(inChunks(file, size)))).toEqual(lines);
  });

  test('a line over the limit is refused and the next one is read', async () => {
    const lines = await all(readLines(inChunks(utf8(`${'x'.repeat(300)}\nok\n${'y'.repeat(300)}`), 64), 100));
    expect(lines).toEqual([
      { at: 1, refusal: expect.stringContaining('limit for one record') },
      { at: 2, text: 'ok', ended: true },
      { at: 3, refusal: expect.stringContaining('limit for one record') },
    ]);
  });
});
