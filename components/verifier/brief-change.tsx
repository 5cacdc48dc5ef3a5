import { formatPercent } from '@/components/ui/number';
import { pairTypes } from '@/lib/domain/pair';
import { formatCount } from '@/lib/domain/text/counted';
import type { WhatIf, WhatIfSide } from '@/lib/domain/verifier/what-if/view';

const goodOf = ({ summary }: WhatIfSide): string => formatPercent(summary.good / Math.max(1, summary.rollouts));
const pairsOf = ({ pairs }: WhatIfSide): string =>
  pairs === null ? '…' : formatCount(pairTypes.reduce((sum, type) => sum + pairs.byType[type], 0));

/** On narrow screens the results lie below the sliders: the two figures that matter stay in sight. */
export const BriefChange = ({ answer }: { answer: WhatIf | undefined }) => (
  <p
    aria-hidden
    className="sticky bottom-0 z-10 -mx-4 flex min-h-9 items-center justify-around gap-3 border-line border-t bg-surface px-4 py-1.5 tabular-nums lg:hidden"
  >
    <span>
      <span className="text-ink-2">Good</span> {answer ? `${goodOf(answer.saved)} → ${goodOf(answer.moved)}` : '–'}
    </span>
    <span>
      <span className="text-ink-2">Pairs</span> {answer ? `${pairsOf(answer.saved)} → ${pairsOf(answer.moved)}` : '–'}
    </span>
  </p>
);
