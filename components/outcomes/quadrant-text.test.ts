import { expect, test } from 'vitest';
import type { SliceQuadrant } from '@/lib/domain/outcomes/quadrant';
import { quadrantSummary } from './quadrant-text';

const slice = (k: number, sick: number, well: number): SliceQuadrant => ({
  iterationId: '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11',
  k,
  stage: 'eval',
  rollouts: sick + well,
  parts: {
    rightConsistent: well,
    rightInconsistent: sick,
    wrongConsistent: 0,
    wrongInconsistent: 0,
    undetermined: 0,
    malformed: 0,
    noTruth: 0,
    unread: 0,
  },
  tokens: 0,
  counted: 0,
});

test.each([
  [
    'it fell',
    [slice(0, 75, 515), slice(2, 5, 620)],
    'fell from 12.7 % to 0.8 % of the decided rollouts from Eval 0 to Eval 2 (75 of 590, then 5 of 625)',
  ],
  ['it rose', [slice(0, 1, 99), slice(1, 3, 97)], 'rose from 1.0 % to 3.0 %'],
  ['it stayed', [slice(0, 2, 98), slice(1, 1, 49)], 'stayed at 2.0 %'],
  [
    'one slice tells no change',
    [slice(0, 2, 98)],
    'is 2.0 % of the decided rollouts of Eval 0 (2 of 100); no stage has run twice yet',
  ],
  ['nothing is decided', [slice(0, 0, 0)], 'No rollout of this run has both a truth and a decided consistency yet.'],
] as const)('%s', (_name, quadrants, text) => expect(quadrantSummary(quadrants)).toContain(text));
