/** What the lines are called: by stage and iteration, with what else tells them apart. */
import { sliceName } from '@/lib/domain/slices/slice';
import type { Curves } from './curve';
import type { CurveLine } from './lines';

export type LineName = {
  /** In tooltips and tables: all that tells it from others. */
  readonly name: string;
  /** At the end of the line: as little as tells it from the lines beside it. */
  readonly short: string;
};

/** Characters of a run's or a set's name beside a line. */
const SHORT_NAME = 18;

const cut = (name: string): string => (name.length > SHORT_NAME ? `${name.slice(0, SHORT_NAME - 1).trimEnd()}…` : name);

/** Before the first GRPO of a run there is nothing that could have been aligned: that it was not is not worth saying. */
const dpoText = (line: CurveLine, runs: Curves['runs']): string => {
  if (line.afterDpo === true) return ', after DPO';
  const turns = runs.find(({ id }) => id === line.runIds[0])?.turns ?? [];
  return line.afterDpo === false && turns.some(({ k }) => k < line.k) ? ', without DPO' : '';
};

const isTwice = (names: readonly string[], name: string): boolean => names.filter((other) => other === name).length > 1;

/** `GRPO 2, after DPO`; with the run's name where there are several, the set's where each has lines of its own. */
export const nameLines = (
  lines: readonly CurveLine[],
  { runs, sets }: Pick<Curves, 'runs' | 'sets'>,
): ReadonlyMap<string, LineName> => {
  const several = new Set(lines.flatMap(({ runIds }) => runIds)).size > 1;
  const parts = lines.map((line) => {
    const set = line.setId === null ? null : (sets.find(({ id }) => id === line.setId)?.name ?? 'a removed set');
    const run = runs.find(({ id }) => id === line.runIds[0])?.name ?? 'a removed run';
    return { line, set, run, plain: `${sliceName(line)}${dpoText(line, runs)}` };
  });
  const shorts = parts.map(({ plain, set }) => (set === null ? plain : `${plain} · ${cut(set)}`));
  return new Map(
    parts.map(({ line, set, run, plain }, at) => {
      const seeds = line.runIds.length;
      const whose = seeds > 1 ? `mean of ${seeds} seeds` : several ? run : null;
      const own = shorts[at] ?? plain;
      return [
        line.key,
        {
          name: [plain, whose, set].filter((part) => part !== null).join(' · '),
          short: isTwice(shorts, own) ? `${own} · ${cut(run)}` : own,
        },
      ];
    }),
  );
};
