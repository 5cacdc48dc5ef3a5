import Link from 'next/link';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { Mark } from '@/components/ui/mark';
import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import type { SliceChains } from '@/lib/domain/question-comparison/comparison';
import {
  type CountedOutcome,
  countedOutcomes,
  countUnverified,
  countVerdicts,
} from '@/lib/domain/question-comparison/verdict-counts';
import { formatSlice } from '@/lib/domain/slices/slice';
import { nameAmong } from './slice-words';

type VerdictTableProps = {
  readonly slices: readonly SliceChains[];
  readonly questionId: string;
  readonly className?: string;
};

/** The rollouts behind a count: those of the slice's shown step. */
const hrefOf = (slice: SliceChains, questionId: string, { facet, value }: CountedOutcome) => {
  const group = slice.groups.find(({ id }) => id === slice.groupId);
  return rolloutsOf(slice.runId, {
    facets: { iteration: [String(slice.k)], stage: [slice.stage], [facet]: [value] },
    question: questionId,
    ...(group ? { step: group.step } : {}),
  });
};

/** How many chains of each slice came out how, counts beside counts. Outcomes that nobody has are left out. */
export const VerdictTable = ({ slices, questionId, className }: VerdictTableProps) => {
  const counted = slices.map((slice) => ({
    slice,
    counts: countVerdicts(slice.chains),
    unverified: countUnverified(slice.chains),
  }));
  const always: readonly string[] = ['correct', 'consistent', 'inconsistent'];
  const shown = countedOutcomes.filter(
    ({ key }, at) => always.includes(key) || counted.some(({ counts }) => (counts[at]?.count ?? 0) > 0),
  );
  return (
    <Panel title="Verdicts" flush className={className}>
      <WideTable label="Verdicts, chains of each slice" className="text-left">
        <thead>
          <tr className="border-line border-b text-ink-2">
            <th scope="col" className="px-4 py-1 font-medium">
              Chains
            </th>
            {slices.map((slice) => (
              <th
                key={formatSlice(slice)}
                scope="col"
                title={nameAmong(slice, slices)}
                className="max-w-48 truncate px-4 py-1 text-right font-medium"
              >
                {nameAmong(slice, slices)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((outcome) => (
            <tr key={outcome.key} className="border-line border-b last:border-b-0">
              <th scope="row" className="whitespace-nowrap px-4 py-1 font-normal">
                <Mark meaning={outcome.check} className="mr-1.5 inline-block align-baseline" />
                {outcome.name}
              </th>
              {counted.map(({ slice, counts }) => {
                const count = counts.find((one) => one.outcome.key === outcome.key)?.count ?? 0;
                const of = slice.chains.length;
                return (
                  <td key={formatSlice(slice)} className="whitespace-nowrap px-4 py-1 text-right">
                    {count === 0 ? (
                      <span className="text-ink-3">{of === 0 ? '–' : `0 of ${of}`}</span>
                    ) : (
                      <Link
                        href={hrefOf(slice, questionId, outcome)}
                        prefetch={false}
                        className="text-accent hover:underline"
                      >
                        {count} of {of}
                      </Link>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </WideTable>
      {counted.some(({ unverified }) => unverified > 0) && (
        <p className="border-line border-t px-4 py-2 text-ink-2 text-xs">
          Some chains are not verified yet and are in no count.
        </p>
      )}
    </Panel>
  );
};
