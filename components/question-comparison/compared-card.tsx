'use client';
import { ChevronDown, ExternalLink } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import { rolloutAddress } from '@/components/rollouts/addresses';
import { ChainText } from '@/components/rollouts/chain-text';
import { conclusionOf } from '@/components/rollouts/group-chain';
import { cx } from '@/components/ui/cx';
import { Badge } from '@/components/ui/mark';
import { formatFixed } from '@/components/ui/number';
import { StandingBadges } from '@/components/verdicts/standing-badges';
import { CHAIN_CHARS, type ComparedChain, type SliceChains } from '@/lib/domain/question-comparison/comparison';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { formatCount } from '@/lib/domain/text/counted';
import type { SideName } from './comparison-state';
import { chainName, lengthText } from './slice-words';

type ComparedCardProps = {
  readonly chain: ComparedChain;
  readonly side: SideName;
  readonly sliceName: string;
  readonly sampler: SliceChains['sampler'];
  readonly chosen: boolean;
  readonly open: boolean;
  /** Tokens of the longest chain of the page: the bars of both sides have one scale. */
  readonly longest: number;
  readonly list: RolloutListState;
  readonly onChoose: (side: SideName, id: string) => void;
  readonly onToggle: (id: string) => void;
};

const quiet = 'flex size-8 shrink-0 items-center justify-center rounded text-ink-2 hover:bg-sunken hover:text-ink';

/** One chain in a few lines, and its whole text when opened. Its head chooses it for a diff. */
export const ComparedCard = memo((props: ComparedCardProps) => {
  const { chain, side, sliceName, sampler, chosen, open, longest, list, onChoose, onToggle } = props;
  const name = chainName(chain);
  const conclusion = conclusionOf(chain);
  const share = longest > 0 ? (chain.thinkTokens ?? 0) / longest : 0;
  return (
    <article
      aria-label={`${name} of ${sliceName}`}
      data-chain-id={chain.id}
      className={cx(
        'flex min-w-0 scroll-mt-16 flex-col rounded-lg border bg-surface',
        chosen ? 'border-accent ring-1 ring-accent' : 'border-line',
      )}
    >
      <div className="flex items-start gap-0.5 p-1">
        <button
          type="button"
          data-chain
          aria-pressed={chosen}
          onClick={() => onChoose(side, chain.id)}
          className="flex min-w-0 flex-1 scroll-mt-20 scroll-mb-20 flex-col gap-1 rounded px-2 py-1 text-left hover:bg-sunken"
        >
          <span className="flex w-full flex-wrap items-center gap-x-2">
            <span className="whitespace-nowrap font-semibold">{name}</span>
            {chosen && (
              <span className="rounded bg-accent px-1.5 font-medium text-accent-ink text-xs">
                {side === 'left' ? 'A' : 'B'}
              </span>
            )}
            <span className="min-w-0 truncate font-medium font-mono">{chain.answer ?? '–'}</span>
            <span className="ml-auto whitespace-nowrap text-ink-2 text-xs tabular-nums">
              {lengthText(chain)} · reward {formatFixed(chain.reward)}
            </span>
          </span>
          <span aria-hidden className="block h-1 w-full overflow-hidden rounded-full bg-sunken">
            <span className="block h-full rounded-full bg-check-length" style={{ width: `${share * 100}%` }} />
          </span>
          <StandingBadges standing={chain} />
        </button>
        <span className="flex flex-col">
          <button
            type="button"
            aria-expanded={open}
            aria-label={`Text of ${name.toLowerCase()} of ${sliceName}`}
            title={open ? 'Fold the text' : 'Show the text'}
            onClick={() => onToggle(chain.id)}
            className={quiet}
          >
            <ChevronDown aria-hidden className={cx('size-4', open && 'rotate-180')} />
          </button>
          <Link
            href={rolloutAddress(chain.id, list)}
            aria-label={`Page of ${name.toLowerCase()} of ${sliceName}`}
            title="Open its page"
            className={quiet}
          >
            <ExternalLink aria-hidden className="size-4" />
          </Link>
        </span>
      </div>
      {!open && conclusion && (
        <p className="line-clamp-2 break-words px-3 pb-2 text-xs">
          <Badge meaning="consistency">concludes</Badge> “{conclusion}”
        </p>
      )}
      {open && (
        <div className="border-line border-t px-3 py-2">
          <ChainText response={chain.response} evidence={chain.evidence} frames={chain.frames} sampler={sampler} />
          {chain.cut && (
            <p className="mt-2 text-ink-2 text-xs">
              The first {formatCount(CHAIN_CHARS)} characters;{' '}
              <Link href={rolloutAddress(chain.id, list)} className="text-accent hover:underline">
                its page has all
              </Link>
              .
            </p>
          )}
        </div>
      )}
    </article>
  );
});
ComparedCard.displayName = 'ComparedCard';
