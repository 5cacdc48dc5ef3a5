import { expect, test } from 'vitest';
import type { Lineage } from './lineage';
import { layoutAcross, layoutDown, lineageGraph, relativesOf } from './lineage-graph';

type Checkpoint = Lineage['checkpoints'][number];
type LineageJob = Lineage['jobs'][number];

const checkpoint = (id: string, stage: Checkpoint['stage'], k: number | null, jobId: string | null): Checkpoint => ({
  id,
  stage,
  name: id,
  k,
  step: 10,
  bytes: null,
  parentId: null,
  jobId,
});
const job = (id: string, kind: LineageJob['kind'], k: number, over: Partial<LineageJob> = {}): LineageJob => ({
  id,
  iterationId: `i${k}`,
  k,
  kind,
  stage: kind === 'dpo' ? 'dpo' : kind === 'eval' ? 'eval' : 'grpo',
  state: 'succeeded',
  checkpointId: null,
  pairSetId: null,
  rollouts: 0,
  ...over,
});

/** base → grpo → g1 → dpo on the set of its rollouts → d1 → eval, then grpo of the next iteration from d1. */
const lineage: Lineage = {
  checkpoints: [
    checkpoint('base', 'base', null, null),
    checkpoint('g1', 'grpo', 1, 'G1'),
    checkpoint('d1', 'dpo', 1, 'D1'),
  ],
  jobs: [
    job('G1', 'grpo', 1, { checkpointId: 'base', rollouts: 8 }),
    job('D1', 'dpo', 1, { checkpointId: 'g1', pairSetId: 'p' }),
    job('E1', 'eval', 1, { checkpointId: 'd1', rollouts: 4 }),
    job('G2', 'grpo', 2, { checkpointId: 'd1' }),
  ],
  pairSets: [{ id: 'p', number: 1, pairCount: 3, k: 1, iterationId: 'i1' }],
};
const graph = lineageGraph(lineage);

test('every step of the way is an edge, and evaluation makes no pairs', () => {
  expect(graph.edges.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual([
    'checkpoint base → job G1',
    'checkpoint d1 → job E1',
    'checkpoint d1 → job G2',
    'checkpoint g1 → job D1',
    'job D1 → checkpoint d1',
    'job E1 → rollouts E1',
    'job G1 → checkpoint g1',
    'job G1 → rollouts G1',
    'rollouts G1 → set p',
    'set p → job D1',
  ]);
});

test.each([
  [
    'what made a set and what learnt from it',
    'set p',
    ['checkpoint base', 'job G1', 'rollouts G1', 'set p', 'job D1', 'checkpoint d1', 'job E1', 'rollouts E1', 'job G2'],
  ],
  [
    'the end of a line',
    'rollouts E1',
    [
      'rollouts E1',
      'job E1',
      'checkpoint d1',
      'job D1',
      'set p',
      'rollouts G1',
      'job G1',
      'checkpoint g1',
      'checkpoint base',
    ],
  ],
  ['what stands alone', 'checkpoint nowhere', ['checkpoint nowhere']],
] as const)('relatives: %s', (_name, id, expected) => {
  expect([...relativesOf(graph, id)].sort()).toEqual([...expected].sort());
});

test('what refers to a row that is not there has no edge to it', () => {
  const { edges } = lineageGraph({ ...lineage, checkpoints: [], pairSets: [] });
  expect(edges).toEqual([
    { from: 'job G1', to: 'rollouts G1' },
    { from: 'job E1', to: 'rollouts E1' },
  ]);
});

test('a circle ends', () => {
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ];
  expect([...relativesOf({ nodes: [], edges }, 'a')].sort()).toEqual(['a', 'b']);
});

test('across: the same column is the same kind of step, weights above data', () => {
  const { nodes, bands, columns, rows } = layoutAcross(graph);
  const at = Object.fromEntries(nodes.map(({ node, column, row }) => [node.id, [column, row]]));
  expect(at).toEqual({
    'checkpoint base': [0, 0],
    'job G1': [1, 0],
    'rollouts G1': [1, 1],
    'checkpoint g1': [2, 0],
    'set p': [3, 1],
    'job D1': [4, 0],
    'checkpoint d1': [5, 0],
    'job E1': [6, 0],
    'rollouts E1': [6, 1],
    'job G2': [1, 2],
  });
  expect([columns, rows]).toEqual([7, 3]);
  expect(bands).toEqual([
    { k: 1, row: 0, rows: 2 },
    { k: 2, row: 2, rows: 1 },
  ]);
});

test.each([
  ['across', layoutAcross],
  ['down', layoutDown],
] as const)('%s: no two nodes lie on one place, whatever was tried again', (_name, layout) => {
  const again = [1, 2, 3].map((n) => job(`again ${n}`, 'grpo', 1, { rollouts: n }));
  const { nodes, columns, rows } = layout(lineageGraph({ ...lineage, jobs: [...lineage.jobs, ...again] }));
  const places = nodes.map(({ column, row }) => `${column}.${row}`);
  expect(new Set(places).size).toBe(places.length);
  expect(nodes.every(({ column, row }) => column < columns && row < rows)).toBe(true);
});

test('a run without anything has no graph to draw', () => {
  const none = lineageGraph({ checkpoints: [], jobs: [], pairSets: [] });
  expect(layoutAcross(none)).toMatchObject({ nodes: [], rows: 0 });
  expect(layoutDown(none)).toMatchObject({ nodes: [], rows: 0 });
});
