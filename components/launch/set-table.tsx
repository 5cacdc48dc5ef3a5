import { useId } from 'react';
import { cx } from '@/components/ui/cx';
import { WideTable } from '@/components/ui/wide-table';
import type { AskingStage } from '@/lib/domain/loop/draft';
import { countReady, type SetChoice } from '@/lib/domain/loop/launch-choices';
import { formatCount } from '@/lib/domain/text/counted';
import { useForm } from './form-state';
import { stageNames } from './stage-text';

type Cell = SetChoice['cells'][number];

/** `choice 120, regression 40`, largest first. */
const sumBy = (cells: readonly Cell[], pick: (cell: Cell) => string | null): string => {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const name = pick(cell);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + cell.questions);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${formatCount(count)}`)
    .join(', ');
};

const th = 'px-3 py-1.5 text-left font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'px-3 py-1.5 align-top';

/** What a job of this stage cannot be sent, or perhaps not, in words. */
const sayMissing = (cells: readonly Cell[], stage: AskingStage): string => {
  const sum = (pick: (cell: Cell) => number) => cells.reduce((total, cell) => total + pick(cell), 0);
  const noClip = sum(({ questions, usable }) => questions - usable);
  const pending = sum((cell) => cell.pending);
  const excluded = sum((cell) => cell.excluded);
  const noTruth = stage === 'explore' ? sum((cell) => cell.usable - cell.excluded - cell.scored) : 0;
  return [
    noClip > 0 ? `${formatCount(noClip)} without a readable file` : '',
    excluded > 0 ? `${formatCount(excluded)} left out by the curriculum` : '',
    noTruth > 0 ? `${formatCount(noTruth)} without a truth` : '',
    pending > 0 ? `${formatCount(pending)} counted whose file was not looked into yet` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
};

/** Question sets to choose from, with what the trainer can really be sent of each. */
export const SetTable = ({ stage, sets }: { stage: AskingStage; sets: readonly SetChoice[] }) => {
  const { draft, problems, act } = useForm();
  const id = useId();
  const chosen = draft.sets[stage];
  const problem = problems[`${stage}.questionSets`];
  return (
    <fieldset aria-describedby={`${id}-problem`} className="min-w-0">
      <legend className="mb-1 font-medium">Question sets</legend>
      <div className={cx('max-h-80 overflow-auto rounded-md border', problem ? 'border-bad' : 'border-line')}>
        {sets.length === 0 ? (
          <p className="px-3 py-2 text-ink-2">There is no question set yet: import one first.</p>
        ) : (
          <WideTable label={`Question sets for ${stageNames[stage]}`}>
            <thead>
              <tr>
                <th className={th}>Set</th>
                <th className={`${th} text-right`}>Usable</th>
                <th className={th}>Kinds</th>
                <th className={th}>Shows</th>
                <th className={th}>Splits</th>
              </tr>
            </thead>
            <tbody>
              {sets.map((set) => {
                const all = set.cells.reduce((sum, { questions }) => sum + questions, 0);
                const ready = countReady([set], [set.id], stage === 'explore');
                const missing = sayMissing(set.cells, stage);
                return (
                  <tr key={set.id} className={cx('border-line border-t', chosen.includes(set.id) && 'bg-accent-soft')}>
                    <td className={td}>
                      <label className="flex min-w-40 cursor-pointer items-start gap-2">
                        <input
                          type="checkbox"
                          checked={chosen.includes(set.id)}
                          onChange={({ target }) => act({ type: 'set', stage, id: set.id, on: target.checked })}
                          className="mt-0.5 size-4 shrink-0 accent-accent"
                        />
                        <span className="break-words">{set.name}</span>
                      </label>
                    </td>
                    <td className={`${td} text-right tabular-nums`}>
                      <span className={cx(ready === 0 && 'text-bad')}>{formatCount(ready)}</span>
                      <span className="text-ink-2"> of {formatCount(all)}</span>
                      {missing && <div className="min-w-36 text-ink-2 text-xs">{missing}</div>}
                    </td>
                    <td className={td}>{sumBy(set.cells, ({ kind }) => kind)}</td>
                    <td className={td}>{sumBy(set.cells, ({ modality }) => modality)}</td>
                    <td className={`${td} break-words text-ink-2`}>{sumBy(set.cells, ({ split }) => split) || '–'}</td>
                  </tr>
                );
              })}
            </tbody>
          </WideTable>
        )}
      </div>
      <p
        id={`${id}-problem`}
        {...(problem ? { 'data-problem': true } : {})}
        className="mt-1 text-bad text-xs empty:hidden"
      >
        {problem}
      </p>
    </fieldset>
  );
};
