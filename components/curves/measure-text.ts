/** How the two measures are called and written. */
import type { Axis } from '@/components/charts/plot-types';
import type { CurveChoice } from '@/lib/domain/curves/choice';
import type { Measure } from '@/lib/domain/curves/smooth';

type MeasureText = {
  readonly title: string;
  readonly y: Pick<Axis, 'label' | 'unit' | 'format'>;
  /** A value in a sentence. */
  readonly value: (value: number) => string;
  /** What the rollouts counted are. */
  readonly counted: string;
  /** Ends of the axis: the least distance between them, and where they stop. */
  readonly ends: { readonly least: number; readonly most?: number; readonly span: number };
};

const oneDigit = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const noDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

const tokens = (value: number): string => `${oneDigit.format(value)} tokens`;

export const measureText = (measure: Measure, length: CurveChoice['length']): MeasureText =>
  measure === 'accuracy'
    ? {
        title: 'Accuracy reward by step',
        y: { label: 'Mean accuracy reward', unit: null, format: (value) => value.toFixed(2) },
        value: (value) => value.toFixed(3),
        counted: 'judged',
        ends: { least: 0, most: 1, span: 0.2 },
      }
    : {
        title: 'Response length by step',
        y: {
          label: length === 'think' ? 'Mean thinking length' : 'Mean response length',
          unit: 'tokens',
          format: (value) => noDigit.format(value),
        },
        value: tokens,
        counted: 'of known length',
        ends: { least: 0, span: 5 },
      };
