/** Stands in for `fast-check` where tests run in one process: fewer tries of a property, and no search for a smaller case. */
import fc from 'fast-check';

const MOST_RUNS = Number(process.env.MUTATION_RUNS ?? 40);

const assert = (property, params = {}) =>
  fc.assert(property, { ...params, numRuns: Math.min(params.numRuns ?? 100, MOST_RUNS), endOnFailure: true });

export default { ...fc, assert };
