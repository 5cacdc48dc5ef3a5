/** Which mark of a chart the arrows and the pointer reach. Places are pixels. */

export type Place = {
  /** The series, the part or the row of bars that the mark belongs to. */
  readonly line: number;
  readonly x: number;
  readonly y: number;
  /** What the pointer must be in; a mark without it is a point. */
  readonly box?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** The way a line of marks runs: to the right, as curves and columns do, or down, as lying bars do. */
export type Way = 'across' | 'down';

/** Far less than two marks can be told apart by: it orders those on one spot. */
const SAME_SPOT_PX = 1e-6;

const best = <T>(items: readonly T[], cost: (item: T) => number): T | undefined => {
  let found: T | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const price = cost(item);
    if (price < least) [found, least] = [item, price];
  }
  return found;
};

/**
 * The mark that a key leads to from the mark `at`: along its own line, or to the next line on that side where that one is
 * nearest. Stays where there is nothing further. `marks` are in the order of their line.
 */
export const steer = (marks: readonly Place[], at: number, step: Step, way: Way): number => {
  const here = marks[at];
  if (!here) return marks.length > 0 ? 0 : -1;
  const along = (mark: Place) => (way === 'across' ? mark.x : mark.y);
  const beside = (mark: Place) => (way === 'across' ? mark.y : mark.x);
  const all = marks.map((mark, index) => ({ mark, index }));
  const own = all.filter(({ mark }) => mark.line === here.line);
  const place = own.findIndex(({ index }) => index === at);
  if (step === 'first') return own[0]?.index ?? at;
  if (step === 'last') return own.at(-1)?.index ?? at;
  const [back, on] = way === 'across' ? (['left', 'right'] as const) : (['up', 'down'] as const);
  if (step === back) return own[place - 1]?.index ?? at;
  if (step === on) return own[place + 1]?.index ?? at;
  const sign = step === 'down' || step === 'right' ? 1 : -1;
  const lines = [...new Set(marks.map(({ line }) => line))].filter((line) => line !== here.line);
  const nearest = lines.flatMap((line) => {
    const found = best(
      all.filter(({ mark }) => mark.line === line),
      ({ mark }) => Math.abs(along(mark) - along(here)),
    );
    return found ?? [];
  });
  // Marks on the same spot follow each other by their line, so that every one is reached.
  const further = ({ mark }: { mark: Place }) => {
    const gap = sign * (beside(mark) - beside(here));
    return gap > 0 || (gap === 0 && sign * (mark.line - here.line) > 0);
  };
  const found = best(
    nearest.filter(further),
    ({ mark }) => sign * (beside(mark) - beside(here) + SAME_SPOT_PX * (mark.line - here.line)),
  );
  return found?.index ?? at;
};

const distance = ({ x, y, box }: Place, px: number, py: number): number =>
  box
    ? Math.hypot(Math.max(box.x - px, 0, px - box.x - box.width), Math.max(box.y - py, 0, py - box.y - box.height))
    : Math.hypot(px - x, py - y);

/** The mark nearest to a point, -1 when none is within `reach` pixels. */
export const nearestMark = (marks: readonly Place[], x: number, y: number, reach: number): number => {
  const found = best(
    marks.map((mark, index) => ({ index, far: distance(mark, x, y) })),
    ({ far }) => far,
  );
  return found && found.far <= reach ? found.index : -1;
};
