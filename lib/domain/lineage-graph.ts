/** A run's lineage as a graph of four kinds of things, and where each of them is drawn. */
import type { Lineage } from './lineage';

type Checkpoint = Lineage['checkpoints'][number];
type LineageJob = Lineage['jobs'][number];
type LineageSet = Lineage['pairSets'][number];

export type LineageNode =
  | { readonly id: string; readonly kind: 'checkpoint'; readonly k: number; readonly checkpoint: Checkpoint }
  | { readonly id: string; readonly kind: 'job'; readonly k: number; readonly job: LineageJob }
  | { readonly id: string; readonly kind: 'rollouts'; readonly k: number; readonly job: LineageJob }
  | { readonly id: string; readonly kind: 'set'; readonly k: number; readonly set: LineageSet };
export type LineageEdge = { readonly from: string; readonly to: string };
export type LineageGraph = { readonly nodes: readonly LineageNode[]; readonly edges: readonly LineageEdge[] };

const nodeIdOf = (kind: LineageNode['kind'], id: string): string => `${kind} ${id}`;

/** Rollouts that pairs can be made of: those of held-out questions never are. */
const teaches = ({ kind, rollouts }: LineageJob): boolean => kind !== 'eval' && rollouts > 0;

/** What made what: checkpoint → job → checkpoint and rollouts, rollouts → pair set, pair set → job. */
export const lineageGraph = ({ checkpoints, jobs, pairSets }: Lineage): LineageGraph => {
  // What a run starts from stands in its first iteration.
  const first = Math.min(...[...jobs, ...pairSets].map(({ k }) => k), ...checkpoints.flatMap(({ k }) => k ?? []));
  const nodes: LineageNode[] = [
    ...checkpoints.map((checkpoint): LineageNode => {
      const k = checkpoint.k ?? (Number.isFinite(first) ? first : 0);
      return { id: nodeIdOf('checkpoint', checkpoint.id), kind: 'checkpoint', k, checkpoint };
    }),
    ...jobs.map((job): LineageNode => ({ id: nodeIdOf('job', job.id), kind: 'job', k: job.k, job })),
    ...jobs
      .filter(({ rollouts }) => rollouts > 0)
      .map((job): LineageNode => ({ id: nodeIdOf('rollouts', job.id), kind: 'rollouts', k: job.k, job })),
    ...pairSets.map((set): LineageNode => ({ id: nodeIdOf('set', set.id), kind: 'set', k: set.k, set })),
  ];
  const known = new Set(nodes.map(({ id }) => id));
  const edges = [
    ...jobs.flatMap(({ id, checkpointId, pairSetId, rollouts }) => [
      ...(checkpointId ? [{ from: nodeIdOf('checkpoint', checkpointId), to: nodeIdOf('job', id) }] : []),
      ...(pairSetId ? [{ from: nodeIdOf('set', pairSetId), to: nodeIdOf('job', id) }] : []),
      ...(rollouts > 0 ? [{ from: nodeIdOf('job', id), to: nodeIdOf('rollouts', id) }] : []),
    ]),
    ...checkpoints.flatMap(({ id, jobId, parentId }) => {
      const to = nodeIdOf('checkpoint', id);
      if (jobId) return [{ from: nodeIdOf('job', jobId), to }];
      return parentId ? [{ from: nodeIdOf('checkpoint', parentId), to }] : [];
    }),
    ...pairSets.flatMap((set) =>
      jobs
        .filter((job) => job.iterationId === set.iterationId && teaches(job))
        .map((job) => ({ from: nodeIdOf('rollouts', job.id), to: nodeIdOf('set', set.id) })),
    ),
  ].filter(({ from, to }) => known.has(from) && known.has(to));
  return { nodes, edges };
};

/** Everything that made a node, the node itself, and everything that was made with it. */
export const relativesOf = ({ edges }: LineageGraph, id: string): ReadonlySet<string> => {
  const walk = (next: (from: string) => readonly string[]): Set<string> => {
    const seen = new Set([id]);
    for (const one of seen) for (const other of next(one)) seen.add(other); // a set grows while it is walked
    return seen;
  };
  const made = walk((from) => edges.filter((edge) => edge.from === from).map(({ to }) => to));
  const makers = walk((to) => edges.filter((edge) => edge.to === to).map(({ from }) => from));
  return new Set([...makers, ...made]);
};

/**
 * The place of a node in its iteration. Weights go along the upper lane, what they say and learn along the lower; what was
 * sampled once more has a lane of its own, so that the way from earlier rollouts to the set passes it by.
 */
const lanes = ['weights', 'data', 'sampled'] as const;
type Role = { readonly at: number; readonly lane: (typeof lanes)[number] };

const jobRoles = {
  grpo: { at: 1, lane: 'weights' },
  sft: { at: 1, lane: 'weights' },
  rollout: { at: 3, lane: 'sampled' },
  dpo: { at: 6, lane: 'weights' },
  eval: { at: 8, lane: 'weights' },
} as const satisfies Record<LineageJob['kind'], Role>;

const roleOf = (node: LineageNode): Role => {
  switch (node.kind) {
    case 'checkpoint':
      return { at: { base: 0, activation: 2, grpo: 2, dpo: 7 }[node.checkpoint.stage], lane: 'weights' };
    case 'job':
      return jobRoles[node.job.kind];
    // Under the job that sampled them; those of a sampling job beside it, since that one stands in their lane itself.
    case 'rollouts':
      return node.job.kind === 'rollout'
        ? { at: 4, lane: 'sampled' }
        : { at: jobRoles[node.job.kind].at, lane: 'data' };
    case 'set':
      return { at: 5, lane: 'data' };
  }
};

export type PlacedNode = { readonly node: LineageNode; readonly column: number; readonly row: number };
export type LineageBand = { readonly k: number; readonly row: number; readonly rows: number };
export type LineageLayout = {
  readonly nodes: readonly PlacedNode[];
  readonly bands: readonly LineageBand[];
  readonly columns: number;
  readonly rows: number;
};

const most = (counts: readonly number[]): number => Math.max(0, ...counts);

/** One band of rows per iteration, left to right: the same column is the same kind of step in all of them. */
export const layoutAcross = ({ nodes }: LineageGraph): LineageLayout => {
  const columns = [...new Set(nodes.map((node) => roleOf(node).at))].sort((a, b) => a - b);
  const bands: LineageBand[] = [];
  const placed: PlacedNode[] = [];
  let row = 0;
  for (const k of [...new Set(nodes.map((node) => node.k))].sort((a, b) => a - b)) {
    const own = nodes.filter((node) => node.k === k);
    const cell = (at: number, lane: Role['lane']) =>
      own.filter((node) => roleOf(node).at === at && roleOf(node).lane === lane);
    let rows = 0;
    for (const lane of lanes) {
      columns.forEach((at, column) => {
        cell(at, lane).forEach((node, index) => {
          placed.push({ node, column, row: row + rows + index });
        });
      });
      rows += most(columns.map((at) => cell(at, lane).length));
    }
    bands.push({ k, row, rows });
    row += rows;
  }
  return { nodes: placed, bands, columns: columns.length, rows: row };
};

/** The same top-down in two columns, weights and data, for narrow screens. */
export const layoutDown = ({ nodes }: LineageGraph): LineageLayout => {
  const bands: LineageBand[] = [];
  const placed: PlacedNode[] = [];
  let row = 0;
  for (const k of [...new Set(nodes.map((node) => node.k))].sort((a, b) => a - b)) {
    const start = row;
    const own = nodes.filter((node) => node.k === k);
    for (const at of [...new Set(own.map((node) => roleOf(node).at))].sort((a, b) => a - b)) {
      const here = own.filter((node) => roleOf(node).at === at);
      const sides = [
        here.filter((node) => roleOf(node).lane === 'weights'),
        here.filter((node) => roleOf(node).lane !== 'weights'),
      ];
      sides.forEach((cell, column) => {
        cell.forEach((node, index) => {
          placed.push({ node, column, row: row + index });
        });
      });
      row += most(sides.map(({ length }) => length));
    }
    bands.push({ k, row: start, rows: row - start });
  }
  return { nodes: placed, bands, columns: 2, rows: row };
};
