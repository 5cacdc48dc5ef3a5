import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import { WideTable } from '@/components/ui/wide-table';
import type { SampleSummary } from '@/lib/domain/calibration/sample';
import { checkTitles } from './words';

const day = (iso: string): string => iso.slice(0, 10);

/** The samples with their progress; the one whose figures show below is marked. */
export const SampleTable = ({ samples, chosen }: { samples: readonly SampleSummary[]; chosen: string }) => (
  <Panel title="Samples" flush>
    <WideTable label="Samples">
      <thead>
        <tr className="text-left text-ink-2 text-xs">
          <th scope="col" className="px-4 py-2 font-medium">
            Sample
          </th>
          <th scope="col" className="px-3 py-2 font-medium">
            Asks about
          </th>
          <th scope="col" className="px-3 py-2 font-medium">
            Answered by you
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            Labelled by anybody
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            People
          </th>
          <th scope="col" className="relative px-4 py-2">
            <span className="sr-only">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {samples.map((sample) => {
          const here = sample.id === chosen;
          return (
            <tr key={sample.id} className={cx('border-line border-t', here && 'bg-accent-soft/50')}>
              <th scope="row" className="px-4 py-2 text-left font-normal">
                <Link
                  href={`/verifier/calibration?sample=${sample.id}`}
                  {...(here ? { 'aria-current': 'true' as const } : {})}
                  className="font-medium text-accent hover:underline"
                >
                  {sample.runName}
                  {sample.k !== null && `, iteration ${sample.k}`}
                </Link>
                <div className="whitespace-nowrap text-ink-3 text-xs">
                  {day(sample.createdAt)}
                  {sample.author !== null && ` by ${sample.author}`}, seed {sample.seed}
                </div>
              </th>
              <td className="px-3 py-2">{sample.checks.map((check) => checkTitles[check]).join(', ')}</td>
              <td className="px-3 py-2">
                <div className="flex min-w-36 items-center gap-2">
                  <Progress label="Answered by you" done={sample.mine} total={sample.items} />
                  <span className="shrink-0 tabular-nums">
                    {sample.mine} of {sample.items}
                  </span>
                </div>
              </td>
              <td className="px-3 py-2 text-right tabular-nums">{sample.labelled}</td>
              <td className="px-3 py-2 text-right tabular-nums">{sample.people}</td>
              <td className="px-4 py-2">
                <div className="flex justify-end gap-2">
                  <Button asChild look={sample.mine < sample.items ? 'primary' : 'plain'}>
                    <Link href={`/verifier/calibration/${sample.id}`}>Label</Link>
                  </Button>
                  <Button asChild>
                    <a href={`/api/calibration/samples/${sample.id}/export`} download>
                      Export labels
                    </a>
                  </Button>
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </WideTable>
  </Panel>
);
