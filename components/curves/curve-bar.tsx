'use client';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { type CurveChoice, smoothings } from '@/lib/domain/curves/choice';
import { type Curves, MOST_OVERLAID } from '@/lib/domain/curves/curve';
import { Choice } from './choice';
import { RunPicker } from './run-picker';
import type { ChooseCurves } from './use-curve-choice';

type CurveBarProps = {
  readonly runId: string;
  readonly curves: Curves;
  readonly choice: CurveChoice;
  /** The curves are those of the choice before. */
  readonly isBehind: boolean;
  readonly onChoose: ChooseCurves;
};

/** What is laid over the run, and how all of it is drawn. */
export const CurveBar = ({ runId, curves, choice, isBehind, onChoose }: CurveBarProps) => (
  <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
    <Overlaid runId={runId} curves={curves} choice={choice} isBehind={isBehind} onChoose={onChoose} />
    <Choice
      label="Smoothing"
      value={String(choice.smooth)}
      options={smoothings.map((steps) => [String(steps), steps === 0 ? 'None' : `${steps} steps`])}
      onChoose={(value) => onChoose({ smooth: smoothings.find((steps) => String(steps) === value) ?? 0 })}
    />
    <Choice
      label="Iterations"
      value={choice.x}
      options={[
        ['overlaid', 'Overlaid'],
        ['chained', 'End to end'],
      ]}
      onChoose={(value) => onChoose({ x: value === 'chained' ? 'chained' : 'overlaid' })}
    />
    {(curves.turns.known > 1 || choice.k.length > 0) && (
      <Choice
        label="Show"
        value={choice.k.length === 1 ? String(choice.k[0]) : ''}
        options={[['', choice.k.length > 1 ? 'Several' : 'All iterations'], ...turnsOf(curves)]}
        onChoose={(value) => onChoose({ k: value === '' ? [] : [Number(value)] })}
      />
    )}
    {(curves.sets.length > 1 || choice.set !== 'all') && (
      <Choice
        label="Data mix"
        value={choice.set}
        options={[
          ['all', 'All sets together'],
          ['each', 'A line per set'],
          ...curves.sets.map(({ id, name }) => [id, name] as const),
        ]}
        onChoose={(set) => onChoose({ set })}
      />
    )}
    {curves.runs.some(({ turns }) => turns.some(({ family }) => family !== null)) && (
      <Choice
        label="Seeds"
        value={choice.seeds}
        options={[
          ['band', 'Mean and band'],
          ['lines', 'A line each'],
        ]}
        onChoose={(value) => onChoose({ seeds: value === 'lines' ? 'lines' : 'band' })}
      />
    )}
  </div>
);

const turnsOf = ({ runs }: Curves): (readonly [string, string])[] =>
  [...new Set(runs.flatMap(({ turns }) => turns.map(({ k }) => k)))]
    .sort((a, b) => a - b)
    .map((k) => [String(k), `Iteration ${k}`]);

const Overlaid = ({ runId, curves, choice: { overlaid }, isBehind, onChoose }: CurveBarProps) => {
  const [picking, setPicking] = useState(false);
  const partner = curves.partners.find(({ id }) => !overlaid.includes(id));
  const isFull = overlaid.length >= MOST_OVERLAID;
  const add = (id: string) => onChoose((now) => ({ overlaid: [...now.overlaid, id] }));
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <Button onClick={() => setPicking(true)} disabled={isFull}>
        Compare with…
      </Button>
      {partner && !isFull && (
        <Button look="quiet" className="min-w-0" onClick={() => add(partner.id)}>
          <span className="max-w-56 truncate">Compare with {partner.name}</span>
        </Button>
      )}
      {overlaid.map((id) => {
        const name = curves.runs.find((run) => run.id === id)?.name ?? (isBehind ? 'a run' : 'a removed run');
        return (
          <button
            key={id}
            type="button"
            aria-label={`Take ${name} out of the curves`}
            onClick={() => onChoose((now) => ({ overlaid: now.overlaid.filter((other) => other !== id) }))}
            className="inline-flex h-7 min-w-0 items-center gap-1 rounded-full border border-line bg-sunken px-2.5 hover:border-line-strong"
          >
            <span className="max-w-40 truncate">{name}</span>
            <X aria-hidden className="size-3.5 shrink-0" />
          </button>
        );
      })}
      <RunPicker open={picking} onOpenChange={setPicking} without={[runId, ...overlaid]} onPick={add} />
    </div>
  );
};
