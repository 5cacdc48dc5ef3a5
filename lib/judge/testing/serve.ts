/**
 * A judge to try the studio with, without a model: it answers with the last letter or number that a thinking names.
 * `node --import tsx lib/judge/testing/serve.ts --port 8000 [--delay MS] [--no-schema]`
 */
import { parseArgs } from 'node:util';
import { startTestJudge } from './server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8000' },
    delay: { type: 'string', default: '0' },
    'no-schema': { type: 'boolean', default: false },
  },
});
const judge = await startTestJudge({ port: Number(values.port) });
judge.faults.delayMs = Number(values.delay);
judge.faults.unstructured = values['no-schema'];
process.stdout.write(`A test judge answers at ${judge.url}, model “test-judge”, without a key. Ctrl+C ends it.\n`);
