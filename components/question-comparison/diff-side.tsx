import Link from 'next/link';
import { rolloutAddress } from '@/components/rollouts/addresses';
import { Panel } from '@/components/ui/panel';
import { StandingBadges } from '@/components/verdicts/standing-badges';
import type { ComparedChain } from '@/lib/domain/question-comparison/comparison';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import type { TextDiff } from '@/lib/domain/text/word-diff';
import type { SideName } from './comparison-state';
import { DiffText } from './diff-text';
import { chainName, lengthText } from './slice-words';

type DiffChainProps = {
  readonly chain: ComparedChain;
  readonly side: SideName;
  readonly sliceName: string;
  readonly list: RolloutListState;
};

/** Which chain it is and what became of it, in two lines. */
const ChainLine = ({ chain, side, sliceName, list }: DiffChainProps) => (
  <div className="flex min-w-0 flex-col gap-0.5">
    <p className="flex flex-wrap items-center gap-x-2">
      <span className="rounded bg-accent px-1.5 font-medium text-accent-ink text-xs">
        {side === 'left' ? 'A' : 'B'}
      </span>
      <Link href={rolloutAddress(chain.id, list)} className="font-semibold hover:text-accent hover:underline">
        {chainName(chain)} of {sliceName}
      </Link>
      <span className="min-w-0 truncate font-medium font-mono">{chain.answer ?? '–'}</span>
      <span className="whitespace-nowrap text-ink-2 text-xs tabular-nums">{lengthText(chain)}</span>
    </p>
    <StandingBadges standing={chain} />
  </div>
);

/** One text of a diff with what it alone has. */
export const DiffSide = ({ diff, ...chain }: DiffChainProps & { diff: TextDiff }) => (
  <Panel
    className="min-w-0"
    aria-label={`${chain.side === 'left' ? 'A' : 'B'}: ${chainName(chain.chain)} of ${chain.sliceName}`}
  >
    <ChainLine {...chain} />
    <div className="mt-3">
      <DiffText diff={diff} side={chain.side} />
    </div>
  </Panel>
);

/** Both texts in one. */
export const DiffInline = ({ diff, left, right }: { diff: TextDiff; left: DiffChainProps; right: DiffChainProps }) => (
  <Panel className="min-w-0" aria-label="Both texts in one">
    <div className="flex flex-wrap gap-x-8 gap-y-2">
      <ChainLine {...left} />
      <ChainLine {...right} />
    </div>
    <div className="mt-3">
      <DiffText diff={diff} />
    </div>
  </Panel>
);
