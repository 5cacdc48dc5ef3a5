'use client';
import { useQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Failed, Loading, Skeleton } from '@/components/ui/states';
import { formatSlice, type Slice, type SliceSummary, sliceName } from '@/lib/domain/slices/slice';
import { sliceOfRun, slicesOfIterations } from '@/lib/domain/slices/stand-for';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { slicesQuery } from '@/lib/queries/slices';

type RunSlicesProps = {
  readonly runId: string;
  readonly chosen: readonly Slice[];
  readonly full: boolean;
  readonly onChoose: (slices: readonly Slice[]) => void;
};

const plain = ({ runId, k, stage }: Slice): Slice => ({ runId, k, stage });

/** A run's slices to tick, and the whole of it at once. */
export const RunSlices = ({ runId, chosen, full, onChoose }: RunSlicesProps) => {
  const { data, error, refetch } = useQuery(slicesQuery(runId));
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading what="the slices">
        <Skeleton className="h-40 w-full" />
      </Loading>
    );
  }
  if (data.length === 0) return <p className="text-ink-2">This run has no rollouts yet.</p>;
  const has = new Set(chosen.map(formatSlice));
  const add = (slices: readonly Slice[]) =>
    onChoose([...chosen, ...slices.filter((slice) => !has.has(formatSlice(slice))).map(plain)]);
  const every = slicesOfIterations(data);
  const newest = sliceOfRun(data);
  const toggle = (slice: SliceSummary) =>
    has.has(formatSlice(slice))
      ? onChoose(chosen.filter((other) => formatSlice(other) !== formatSlice(slice)))
      : add([slice]);
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        {every.length > 1 && (
          <Button disabled={full} onClick={() => add(every)}>
            Add every iteration
          </Button>
        )}
        {newest && (
          <Button disabled={full} onClick={() => add([newest])}>
            Add the run
          </Button>
        )}
        <span className="text-ink-2 text-xs">
          An iteration stands for its evaluation, or where it has none for its last stage with rollouts; a run for its
          newest iteration.
        </span>
      </div>
      <ul aria-label="Slices of the run" className="max-h-64 overflow-y-auto rounded-md border border-line">
        {data.map((slice) => {
          const on = has.has(formatSlice(slice));
          return (
            <li key={formatSlice(slice)} className="border-line border-t first:border-t-0">
              <label
                className={cx(
                  'flex cursor-pointer items-baseline gap-2 px-3 py-1 hover:bg-sunken',
                  on && 'bg-accent-soft',
                )}
              >
                <input
                  type="checkbox"
                  checked={on}
                  disabled={full && !on}
                  onChange={() => toggle(slice)}
                  className="size-3.5 shrink-0 translate-y-0.5 accent-accent"
                />
                <span className="w-24 shrink-0 font-medium">{sliceName(slice)}</span>
                <span
                  className="min-w-0 flex-1 truncate text-ink-2"
                  title={slice.sets.map(({ name }) => name).join(', ')}
                >
                  {slice.sets.map(({ name, rollouts }) => `${name} ${formatCount(rollouts)}`).join(', ')}
                </span>
                <span className="shrink-0 text-ink-3 text-xs tabular-nums">{counted(slice.rollouts, 'rollout')}</span>
              </label>
            </li>
          );
        })}
      </ul>
    </>
  );
};
