import Link from 'next/link';
import type { Meaning } from '@/components/ui/mark';
import { formatPercent } from '@/components/ui/number';
import type { FacetName } from '@/lib/domain/rollouts/filter';
import { type RunOverview, sumTallies, type Tally } from '@/lib/domain/run';
import { proportion } from '@/lib/domain/stats/proportion';
import { formatCount } from '@/lib/domain/text/counted';
import { rolloutsOf } from './rollout-links';
import { Tile } from './tile';

type ShareTile = {
  readonly label: string;
  readonly meaning?: Meaning;
  readonly facet: FacetName;
  readonly value: string;
  readonly count: (tally: Tally) => number;
  readonly total: (tally: Tally) => number;
  /** What the denominator counts. */
  readonly over: string;
};

const shares: readonly ShareTile[] = [
  {
    label: 'Correct',
    meaning: 'accuracy',
    facet: 'correct',
    value: 'yes',
    count: ({ correct }) => correct,
    total: ({ judged }) => judged,
    over: 'with a truth',
  },
  {
    label: 'Inconsistent',
    meaning: 'consistency',
    facet: 'consistency',
    value: 'inconsistent',
    count: ({ inconsistent }) => inconsistent,
    total: ({ consistent, inconsistent }) => consistent + inconsistent,
    over: 'decided',
  },
  {
    label: 'Undetermined',
    meaning: 'consistency',
    facet: 'consistency',
    value: 'undetermined',
    count: ({ undetermined }) => undetermined,
    total: ({ verified }) => verified,
    over: 'verified',
  },
  {
    label: 'Repetitive',
    meaning: 'repetition',
    facet: 'repetitive',
    value: 'yes',
    count: ({ repetitive }) => repetitive,
    total: ({ verified }) => verified,
    over: 'verified',
  },
  {
    label: 'Cut off',
    meaning: 'length',
    facet: 'lengthClass',
    value: 'cut_off',
    count: ({ cutOff }) => cutOff,
    total: ({ verified }) => verified,
    over: 'verified',
  },
  {
    label: 'Malformed',
    meaning: 'format',
    facet: 'wellFormed',
    value: 'no',
    count: ({ malformed }) => malformed,
    total: ({ verified }) => verified,
    over: 'verified',
  },
  {
    label: 'Log disagrees',
    facet: 'disagrees',
    value: 'yes',
    count: ({ disagrees }) => disagrees,
    total: ({ logged }) => logged,
    over: 'logged and judged',
  },
];

/** The figures of a run, each over its own denominator. */
export const RunTiles = ({ overview }: { overview: RunOverview }) => {
  const runId = overview.run.id;
  const tally = sumTallies(overview.cells.map((cell) => cell.tally));
  const { medianThinkTokens } = overview;
  const mean = tally.measured === 0 ? null : tally.thinkTokens / tally.measured;
  return (
    <dl className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5" aria-label="Figures of this run">
      <Tile label="Rollouts" value={formatCount(tally.rollouts)} href={rolloutsOf(runId)}>
        {formatCount(overview.questions)} questions, {formatCount(tally.verified)} verified
      </Tile>
      {shares.map(({ label, meaning, facet, value, count, total, over }) => {
        const rate = proportion(count(tally), total(tally));
        return (
          <Tile
            key={label}
            label={label}
            {...(meaning ? { meaning } : {})}
            value={rate.share === null ? '–' : formatPercent(rate.share)}
            href={rolloutsOf(runId, { facets: { [facet]: [value] } })}
          >
            <div>
              {formatCount(rate.count)} of {formatCount(rate.total)} {over}
            </div>
            {rate.share !== null && (
              <div>
                95 %: {formatPercent(rate.low)} – {formatPercent(rate.high)}
              </div>
            )}
          </Tile>
        );
      })}
      <Tile
        label="Thinking, mean"
        meaning="length"
        value={mean === null ? '–' : formatCount(Math.round(mean))}
        href={`${rolloutsOf(runId)}&view=flat&sort=longest`}
      >
        <div>median {medianThinkTokens === null ? '–' : formatCount(Math.round(medianThinkTokens))} tokens</div>
        {tally.estimated > 0 && <div>{formatCount(tally.estimated)} estimated</div>}
      </Tile>
      <Tile
        label="Corrected by people"
        value={formatCount(tally.corrected)}
        href={rolloutsOf(runId, { facets: { corrected: ['yes'] } })}
      >
        verifier{' '}
        <Link href="/verifier" className="underline">
          version {overview.run.verifier.number}
        </Link>
      </Tile>
    </dl>
  );
};
