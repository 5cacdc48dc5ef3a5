/** A difference with its interval, as every table of a report writes it. */
import { changeUnit, formatChange, verdictOf } from '@/lib/domain/comparison/metric-text';
import type { Metric } from '@/lib/domain/comparison/metrics';
import type { Difference } from '@/lib/domain/comparison/schema';
import { type Html, html } from './html';

/** `▲ +25.8 points better`, its interval below; an arrow, and better or worse in words, only where it is sure. */
export const differenceHtml = (metric: Metric, { interval }: Difference): Html => {
  if (interval === null) return html`<div class="quiet">nothing to compare</div>`;
  const { difference, low, high } = interval;
  const verdict = verdictOf(metric, interval);
  const unit = changeUnit(metric);
  const words = [
    verdict === 'unclear' ? '' : difference > 0 ? '▲' : '▼',
    formatChange(metric, difference),
    unit,
    verdict === 'better' || verdict === 'worse' ? verdict : '',
  ];
  const ends = low === high ? 'no question differs' : `${formatChange(metric, low)} to ${formatChange(metric, high)}`;
  return html`<div class="${verdict}">${words.filter((word) => word !== '').join(' ')}</div><div class="quiet">${ends}</div>`;
};
