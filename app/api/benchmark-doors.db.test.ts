/** Who comes through the doors of the benchmarks: nobody without a session. Who may what with one: lib/data/benchmarks. */
import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import * as benchmarkActions from '@/lib/actions/benchmarks';
import { GET } from './runs/[runId]/benchmarks/route';

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

test('without a session the route answers 401', async () => {
  const params = Promise.resolve({ runId: randomUUID() });
  expect((await GET(new Request('http://localhost:3000/'), { params })).status).toBe(401);
});

test('without a session every action is refused before it looks at what it is given', async () => {
  const answers = await Promise.all([benchmarkActions.saveBenchmark({ setId: 'none', benchmark: null })]);
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  expect(answers).toHaveLength(Object.keys(benchmarkActions).length);
});
