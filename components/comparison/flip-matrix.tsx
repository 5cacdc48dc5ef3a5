import { cx } from '@/components/ui/cx';
import { formatP } from '@/lib/domain/comparison/metric-text';
import { type Aspect, type Outcome, outcomes, outcomeWords } from '@/lib/domain/comparison/outcome';
import type { FlipTable } from '@/lib/domain/comparison/schema';
import { counted, formatCount } from '@/lib/domain/text/counted';

type FlipMatrixProps = {
  readonly aspect: Aspect;
  readonly table: FlipTable;
  readonly names: { readonly base: string; readonly other: string };
  readonly open: { readonly from: Outcome; readonly to: Outcome } | null;
  readonly onOpen: (from: Outcome, to: Outcome) => void;
};

/** Green and red only where something flipped, and never by colour alone: the heads say what it is. */
const groundOf = (from: Outcome, to: Outcome): string => {
  if (from === 'fails' && to === 'holds') return 'font-semibold text-good';
  if (from === 'holds' && to === 'fails') return 'font-semibold text-bad';
  return from === to ? 'text-ink-3' : 'text-ink-2';
};

const th = 'px-2 py-1 font-medium text-ink-2 text-xs';

/** Questions by what most of their rollouts come to on either side; each count opens its questions. */
export const FlipMatrix = ({ aspect, table, names, open, onOpen }: FlipMatrixProps) => {
  const words = outcomeWords[aspect];
  const of = (from: Outcome, to: Outcome): number =>
    table.counts.find((count) => count.from === from && count.to === to)?.questions ?? 0;
  const total = table.counts.reduce((sum, { questions }) => sum + questions, 0);
  const here = outcomes.filter((one) => table.counts.some(({ from, to }) => from === one || to === one));
  const shown = outcomes.filter((one) => one === 'holds' || one === 'fails' || here.includes(one));
  const [gained, lost] = [of('fails', 'holds'), of('holds', 'fails')];
  const title = aspect === 'accuracy' ? 'Right or wrong' : 'Consistent or not';
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="font-medium">{title}</h3>
      <p className="text-ink-2">
        {counted(gained, 'question')} {words.fails} → {words.holds}, {formatCount(lost)} {words.holds} → {words.fails}.
        McNemar’s exact {formatP(table.p)}.
      </p>
      <div className="mt-2 overflow-x-auto">
        <table className="tabular-nums">
          <caption className="sr-only">
            {title}: {counted(total, 'question')} by outcome in {names.base} (rows) and in {names.other} (columns)
          </caption>
          <thead>
            <tr>
              <td className={`${th} text-left`}>
                {names.base} ↓ {names.other} →
              </td>
              {shown.map((to) => (
                <th key={to} scope="col" className={`${th} whitespace-nowrap text-right`}>
                  {words[to]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((from) => (
              <tr key={from} className="border-line border-t">
                <th scope="row" className={`${th} whitespace-nowrap text-left`}>
                  {words[from]}
                </th>
                {shown.map((to) => {
                  const questions = of(from, to);
                  return (
                    <td key={to} className="p-0.5 text-right">
                      {questions === 0 ? (
                        <span className="px-2 text-ink-3">0</span>
                      ) : (
                        <button
                          type="button"
                          aria-pressed={open?.from === from && open.to === to}
                          aria-label={`${words[from]} → ${words[to]}: ${counted(questions, 'question')}`}
                          onClick={() => onOpen(from, to)}
                          className={cx(
                            'min-w-14 rounded px-2 py-0.5 text-right hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:ring-1 aria-pressed:ring-accent',
                            groundOf(from, to),
                          )}
                        >
                          {formatCount(questions)}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
