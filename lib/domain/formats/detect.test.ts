import { expect, test } from 'vitest';
import { detectFormat } from './detect';
import { utf8 } from './test-support';

const json = (value: unknown) => utf8(JSON.stringify(value));
const long = 'x'.repeat(100_000);

test.each<[string, Uint8Array, string]>([
  ['parquet', utf8('PAR1\x15\x04'), 'trl-parquet'],
  ['studio', json({ veripo: 1, type: 'rollout' }), 'studio-ndjson'],
  ['evaluation object', utf8('{"results": [{"problem": "q", "solution": "s", "output": "o"'), 'video-r1-eval'],
  [
    'evaluation list with a mark',
    Uint8Array.from([0xef, 0xbb, 0xbf, ...json([{ problem: 'q', output: 'o' }])]),
    'video-r1-eval',
  ],
  ['training questions', json([{ problem_id: 1, problem: 'q', solution: 's' }]), 'video-r1-questions'],
  ['predictions', json([{ question: { question: 'q' }, ground_truth: 'A', model_output: 'x' }]), 'veripo-predictions'],
  ['manifest', json([{ question_id: 1, question: 'q', answer: 'A' }]), 'veripo-questions'],
  ['verl', json({ input: 'i', output: 'o', gts: 'g', score: 1, step: 1 }), 'verl-jsonl'],
  [
    'ms-swift table, cut in the first line',
    utf8(`{"step": ["1"], "prompt": ["p"], "completion": ["${long}`),
    'ms-swift-jsonl',
  ],
  ['log', utf8('------------- 17-14-54-02-959598 Accuracy reward: 0.0 -------------\r\nContent: x'), 'video-r1-log'],
])('%s', (_name, head, format) => {
  expect(detectFormat('x.txt', head.subarray(0, 64 * 1024))).toBe(format);
});

test('UTF-16 is looked into', () => {
  const text = '\uFEFF{"veripo":1}';
  const head = Uint8Array.from(
    Array.from({ length: text.length * 2 }, (_, i) => (text.charCodeAt(i >> 1) >> (8 * (i & 1))) & 255),
  );
  expect(detectFormat('x', head)).toBe('studio-ndjson');
});

test.each<[string, Uint8Array, string]>([
  ['empty', utf8(''), 'x.json: the file is empty.'],
  ['blank', utf8(' \n'), 'x.json: the file is empty.'],
  ['gzip', Uint8Array.of(0x1f, 0x8b, 8), 'x.json: this is a gzip file. Unpack it first.'],
  ['words', utf8('a,b\n1,2'), 'x.json: neither JSON, nor parquet, nor a Video-R1 reward log.'],
  ['empty list', utf8('[]'), 'x.json: the list holds no records.'],
  ['list of texts', utf8('["a"]'), 'x.json: the list holds no records.'],
  [
    'other fields',
    json([{ foo: 1, bar: [{ problem: 1, output: 2 }] }]),
    'x.json: no known format has the fields foo, bar.',
  ],
  [
    'several rounds',
    json([{ question: 'q', ground_truth: '1', gpt_response: 1, response_text: ['a'], rounds: 1 }]),
    'x.json: these are conversations of several rounds',
  ],
])('%s is refused in one sentence', (_name, head, sentence) => {
  expect(detectFormat('x.json', head)).toEqual({ unsupported: expect.stringContaining(sentence) });
});
