/** For the tests of this folder: predictions and settings with everything a scorer does not look at. */
import type { Prediction } from './prediction';
import type { RowScore, Scorer, ScorerSettings } from './scorer';

export const settings: ScorerSettings = {
  path: 'predictions.json',
  kind: undefined,
  vsiBench: false,
  faults: new Set(),
  batch: 1,
};

export const prediction = (truth: string, response: string, problemType: string | null = null): Prediction => ({
  at: 1,
  truth,
  problemType,
  response,
  rollout: { refused: 'This test imports nothing.' },
});

/** Scores one row of a file of its own. */
export const scoreOne = (scorer: Scorer, row: Prediction, changed: Partial<ScorerSettings> = {}): RowScore => {
  const scored = scorer.open({ ...settings, ...changed })(row);
  if ('refused' in scored) throw new Error(scored.refused);
  return scored;
};
