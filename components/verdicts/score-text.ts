import { formatFixed, formatPercent } from '@/components/ui/number';
import { formatCount } from '@/lib/domain/text/counted';
import type { Check, Measures } from '@/lib/domain/verdict';

/** The score behind a check, as stored and before any threshold. */
export const scoreText = (check: Check, measures: Measures): string => {
  switch (check) {
    case 'format':
      return measures.cutOff ? 'cut off' : '';
    case 'accuracy':
      return measures.accuracy === null ? '' : `score ${formatFixed(measures.accuracy)}`;
    case 'consistency':
      return measures.concluded === null ? 'no conclusion found' : `concludes ${measures.concluded.slice(0, 24)}`;
    case 'repetition':
      return `${formatPercent(measures.repetition)} repeated`;
    case 'length':
      return `${measures.tokenSource === 'estimate' ? '≈ ' : ''}${formatCount(measures.thinkTokens)} tokens${measures.tokenSource === 'estimate' ? ' (estimate)' : ''}`;
  }
};
