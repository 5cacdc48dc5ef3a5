import Link from 'next/link';
import { Badge } from '@/components/ui/mark';
import { formatFixed } from '@/components/ui/number';
import { StandingBadges } from '@/components/verdicts/standing-badges';
import type { SamplerProfile } from '@/lib/domain/frames/profile';
import type { GroupChain, GroupPair } from '@/lib/domain/rollouts/detail';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { rolloutAddress } from './addresses';
import { ChainText } from './chain-text';
import { PairBadges } from './pair-badges';

type GroupChainCardProps = {
  chain: GroupChain;
  position: number;
  pairs: readonly GroupPair[];
  sampleIds: readonly string[];
  sampler: SamplerProfile | null;
  state: RolloutListState;
};

/** What the thinking was found to conclude, quoted; undefined where no conclusion was found. */
export const conclusionOf = ({ evidence, response }: Pick<GroupChain, 'evidence' | 'response'>): string | undefined => {
  const found = evidence.find(({ role }) => role === 'conclusion');
  return found && response.slice(found.start, found.end).trim();
};

/** One sample of a group: its verdict, what it concludes, and the whole chain to scroll through. */
export const GroupChainCard = ({ chain, position, pairs, sampleIds, sampler, state }: GroupChainCardProps) => {
  const conclusion = conclusionOf(chain);
  return (
    <article
      aria-label={`Sample ${position}`}
      className="flex min-w-0 flex-col rounded-lg border border-line bg-surface"
    >
      <header className="flex flex-col gap-1.5 border-line border-b px-3 py-2">
        <div className="flex items-center justify-between gap-2">
          <h2 className="font-semibold">
            <Link href={rolloutAddress(chain.id, state)} className="hover:text-accent hover:underline">
              Sample {position}
            </Link>
          </h2>
          <span className="text-ink-2 text-xs tabular-nums">
            {chain.tokenSource === 'estimate' && '≈ '}
            {chain.thinkTokens ?? '–'} tokens · reward {formatFixed(chain.reward)}
          </span>
        </div>
        <StandingBadges standing={chain} />
        <PairBadges rolloutId={chain.id} pairs={pairs} sampleIds={sampleIds} />
        <p className="truncate">
          <span className="text-ink-2">Answer </span>
          <span className="font-medium font-mono">{chain.answer ?? '–'}</span>
        </p>
        {conclusion && (
          <p className="line-clamp-3 break-words text-xs">
            <Badge meaning="consistency">concludes</Badge> “{conclusion}”
          </p>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div tabIndex={0} className="max-h-[60vh] overflow-y-auto px-3 py-2">
        <ChainText response={chain.response} evidence={chain.evidence} frames={chain.frames} sampler={sampler} />
      </div>
    </article>
  );
};
