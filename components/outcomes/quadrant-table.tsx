import Link from 'next/link';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { cx } from '@/components/ui/cx';
import { Mark } from '@/components/ui/mark';
import { formatPercent } from '@/components/ui/number';
import {
  type QuadrantPart,
  quadrantCells,
  quadrantFacets,
  quadrantNames,
  quadrantParts,
  type SliceQuadrant,
  shareOf,
} from '@/lib/domain/outcomes/quadrant';
import { sliceName } from '@/lib/domain/slices/slice';
import { formatCount } from '@/lib/domain/text/counted';
import { sumText } from './quadrant-text';

type QuadrantTableProps = { runId: string; quadrant: SliceQuadrant };

/** The rollouts of a part of a slice. */
export const rolloutsOfPart = (runId: string, { k, stage }: SliceQuadrant, part: QuadrantPart) =>
  rolloutsOf(runId, { facets: { iteration: [String(k)], stage: [stage], ...quadrantFacets[part] } });

const rows = [
  { name: 'Right', parts: ['rightConsistent', 'rightInconsistent'] },
  { name: 'Wrong', parts: ['wrongConsistent', 'wrongInconsistent'] },
] as const;

const head = 'pb-1 text-center font-medium text-ink-2 text-xs';

/** One slice as a 2 × 2, with what cannot stand in it below, so that all of it adds up to the rollouts. */
export const QuadrantTable = ({ runId, quadrant }: QuadrantTableProps) => {
  const { k, stage } = quadrant;
  const name = sliceName(quadrant);
  const rest = quadrantParts.filter((part) => !quadrantCells.includes(part) && quadrant.parts[part] > 0);
  return (
    <section aria-label={`Accuracy × consistency of ${name}`} className="min-w-0">
      <h3 className="mb-1 font-semibold">{name}</h3>
      <table className="w-full table-fixed border-separate border-spacing-0.5">
        <thead>
          <tr>
            <td className="w-11" />
            <th scope="col" className={head}>
              Consistent
            </th>
            <th scope="col" className={head}>
              Inconsistent
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row" className="text-left font-medium text-ink-2 text-xs">
                {row.name}
              </th>
              {row.parts.map((part) => (
                <td key={part} className="p-0">
                  <Cell runId={runId} quadrant={quadrant} part={part} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-ink-2 text-xs leading-5">
        {rest.map((part) => (
          <span key={part}>
            +{' '}
            <Link
              href={rolloutsOfPart(runId, quadrant, part)}
              className="tabular-nums hover:text-accent hover:underline"
            >
              {formatCount(quadrant.parts[part])} {quadrantNames[part].toLowerCase()}
            </Link>{' '}
          </span>
        ))}
        <Link
          href={rolloutsOf(runId, { facets: { iteration: [String(k)], stage: [stage] } })}
          className="whitespace-nowrap tabular-nums hover:text-accent hover:underline"
        >
          {sumText(quadrant)}
        </Link>
      </p>
    </section>
  );
};

const Cell = ({ runId, quadrant, part }: QuadrantTableProps & { part: QuadrantPart }) => {
  const share = shareOf(quadrant, part);
  const isSick = part === 'rightInconsistent';
  const words = `${quadrantNames[part]}: ${formatCount(quadrant.parts[part])}${share === null ? '' : `, ${formatPercent(share)} of the decided`}`;
  return (
    <Link
      href={rolloutsOfPart(runId, quadrant, part)}
      title={words}
      className={cx(
        'flex h-12 flex-col items-center justify-center rounded border hover:border-line-strong',
        isSick ? 'border-check-consistency bg-check-consistency-soft' : 'border-line bg-sunken',
      )}
    >
      <span className="sr-only">{quadrantNames[part]}: </span>
      <span className="inline-flex items-center gap-1 font-semibold tabular-nums">
        {isSick && <Mark meaning="consistency" />}
        {formatCount(quadrant.parts[part])}
      </span>
      <span className="text-ink-2 text-xs tabular-nums">{share === null ? '–' : formatPercent(share)}</span>
      {share !== null && <span className="sr-only">of the decided</span>}
    </Link>
  );
};
