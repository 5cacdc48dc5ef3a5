import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { all, inChunks, utf8 } from '@/lib/domain/formats/test-support';
import { readJsonElements } from './json-array';
import { parseJson } from './json-text';

const elements = async (
  file: string | Uint8Array,
  size: number,
  maxBytes?: number,
): Promise<(string | undefined)[]> => {
  const bytes = typeof file === 'string' ? utf8(file) : file;
  const found = await all(readJsonElements(inChunks(bytes, size), maxBytes));
  return found.map((element) =>
    'text' in element ? `${element.at} ${element.text}` : `${element.at}! ${element.refusal}`,
  );
};

const half = (at: number, where: string) => expect.stringMatching(new RegExp(`^${at}! The file ends ${where}`));

describe('elements of a JSON list', () => {
  test.each<[string, string, unknown[]]>([
    ['objects', '[{"a":1},{"b":[2,{"c":3}]}]', ['1 {"a":1}', '2 {"b":[2,{"c":3}]}']],
    ['scalars', ' [1, "x" ,null,true, NaN]\n', ['1 1', '2 "x"', '3 null', '4 true', '5 NaN']],
    [
      'brackets, quotes and escapes inside texts',
      String.raw`[{"t":"]}\"[{\\"},{"u":"\\\""}]`,
      [String.raw`1 {"t":"]}\"[{\\"}`, String.raw`2 {"u":"\\\""}`],
    ],
    ['characters of several bytes', '[{"é😀":"€"},"語"]', ['1 {"é😀":"€"}', '2 "語"']],
    ['empty list', '[]', []],
    [
      'results of an object',
      '{"meta":{"results":[9]},"s":"results","n":-1.5e3,"results":[{"a":1},2],"final":[{"m":1}]}',
      ['1 {"a":1}', '2 2'],
    ],
    ['only the first results list', '{"results":[1],"results":[2]}', ['1 1']],
    ['results that is no list', '{"results":{"0":1}}', ['1! The file has no `results` list.']],
    ['no results', '{"a":[1]}', ['1! The file has no `results` list.']],
    ['empty file', '  ', ['1! The file is empty.']],
    ['not JSON', 'hello', ['1! The file does not start with a JSON list or object.']],
    ['cut inside a record', '[{"a":1},{"b":"x', ['1 {"a":1}', half(2, 'in the middle of record 2')]],
    ['cut between records', '[{"a":1},', ['1 {"a":1}', half(2, 'after record 1')]],
    ['cut after the list of an object', '{"results":[1]', ['1 1', half(2, 'after record 1')]],
    ['cut before results', '{"meta": "', [half(1, 'before its `results` list')]],
    ['text after the end', '[1] [2]', ['1 1', '2! There is text after the end of the list; it was not read.']],
    ['a broken record does not take the next', '[{"a":},{"b":2}]', ['1 {"a":}', '2 {"b":2}']],
  ])('%s', async (_name, file, expected) => {
    for (const size of [1, 2, 3, 7, 1000]) expect(await elements(file, size)).toEqual(expected);
  });

  test('a record that is not text is refused, the next is read', async () => {
    const file = Uint8Array.from([...utf8('["a'), 0xe9, ...utf8('","b"]')]);
    expect(await elements(file, 2)).toEqual([expect.stringContaining('1! The bytes are not valid text'), '2 "b"']);
  });

  test('a record over the limit is refused, the next is read', async () => {
    expect(await elements(`["${'x'.repeat(500)}","b"]`, 64, 100)).toEqual([
      expect.stringContaining('1! The record is longer'),
      '2 "b"',
    ]);
  });

  test('a list nested a million deep is one record that does not crash the parser', async () => {
    const [first] = await all(readJsonElements(inChunks(utf8(`[${'['.repeat(1e6)}`), 65_536)));
    expect(first).toEqual({ at: 1, refusal: expect.stringContaining('half-written') });
    expect(() => parseJson('['.repeat(1e6))).not.toThrow();
    expect(() => parseJson(`${'{"a":'.repeat(1e6)}NaN${'}'.repeat(1e6)}`)).not.toThrow();
  });

  test('50 MB on one line are read within a third of it', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const record = JSON.stringify({ problem: 'q', output: 'x'.repeat(5000) });
    async function* file(): AsyncGenerator<Uint8Array> {
      yield utf8('{"results":[');
      for (let index = 0; index < 10_000; index++) yield utf8(`${index === 0 ? '' : ','}${record}`);
      yield utf8(']}');
    }
    const held = () => {
      // Twice: the first round only hands array buffers over to be freed.
      collect();
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const before = held();
    let peak = 0;
    let count = 0;
    for await (const element of readJsonElements(file())) {
      if ('text' in element) count += 1;
      if (count % 2000 === 0) peak = Math.max(peak, held() - before);
    }
    expect(count).toBe(10_000);
    expect(peak).toBeLessThan(16 * 1024 * 1024);
  });
});

describe('JSON with what Python adds', () => {
  test.each<[string, string, unknown]>([
    ['NaN', '{"r":NaN}', { r: null }],
    ['infinities', '[Infinity,-Infinity,-1]', [null, null, -1]],
    ['NaN in a text stays', '{"t":"NaN \\" Infinity","r":NaN}', { t: 'NaN " Infinity', r: null }],
  ])('%s', (_name, text, value) => {
    expect(parseJson(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['cut', '{"a":'],
    ['undefined', '{"a":undefined}'],
    ['single quotes', "{'a':1}"],
    ['NaN inside a word', '{"a":NaNny}'],
    ['unclosed text with NaN', '{"a":NaN,"b":"x'],
  ])('%s is refused without quoting the text', (_name, text) => {
    expect(parseJson(text)).toEqual({ ok: false, reason: expect.stringMatching(/^Not valid JSON: [^{]{3,80}\.$/) });
  });

  test('five megabytes of quotes take linear time', () => {
    const start = performance.now();
    parseJson(`{"r":NaN,"t":"${'\\"'.repeat(2_500_000)}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
