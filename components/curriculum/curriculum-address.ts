import type { Route } from 'next';

/** The curriculum of a run; with `k`, what this iteration left out. */
export const curriculumAddress = (runId: string, k?: number): Route =>
  `/runs/${runId}/curriculum${k === undefined ? '' : `?iteration=${k}`}`;
