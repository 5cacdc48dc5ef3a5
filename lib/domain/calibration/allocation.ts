/** How many items of each stratum a sample takes. */

/** A stratum: rollouts of one kind that the verifier treats alike. Its name is written into the sample. */
type Stratum = {
  readonly name: string;
  /** What the verifier said of consistency; the sample is shared among these first. */
  readonly consistency: string;
  readonly total: number;
};

/**
 * Shares `size` places among parts by the square root of their totals, one each at least while there are places, and
 * none more than it has. Parts are served in their order where fractions tie.
 *
 * The square root lies between equal shares, which measure each part as well, and proportional ones, which measure the
 * whole best. Source: M. D. Bankier, The American Statistician 42 (1988) 174–177, "power allocation" with exponent ½.
 */
export const shareOut = (totals: readonly number[], size: number): number[] => {
  const shares = totals.map(() => 0);
  const room = (at: number): number => (totals[at] ?? 0) - (shares[at] ?? 0);
  const give = (at: number): void => {
    shares[at] = (shares[at] ?? 0) + 1;
  };
  // The largest first: when there are fewer places than parts, the least is left out.
  const order = totals.map((_, at) => at).sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0) || a - b);
  for (const at of order.slice(0, size)) if (room(at) > 0) give(at);
  let left = size - shares.reduce((sum, share) => sum + share, 0);
  for (; left > 0; left -= 1) {
    // The part that is furthest behind its share: the method of Webster, which needs no rounding.
    const open = order.filter((at) => room(at) > 0);
    const behind = (at: number): number => Math.sqrt(totals[at] ?? 0) / (2 * (shares[at] ?? 0) + 1);
    const next = open.reduce<number | undefined>(
      (best, at) => (best === undefined || behind(at) > behind(best) ? at : best),
      undefined,
    );
    if (next === undefined) break;
    give(next);
  }
  return shares;
};

/** Equal shares, as far as each part has so many; what one cannot take goes to the others, the first in order first. */
const shareEqually = (totals: readonly number[], size: number): number[] => {
  const shares = totals.map(() => 0);
  for (let left = size; left > 0; ) {
    const open = totals.map((_, at) => at).filter((at) => (shares[at] ?? 0) < (totals[at] ?? 0));
    if (open.length === 0) break;
    const each = Math.max(1, Math.floor(left / open.length));
    for (const at of open) {
      const given = Math.min(each, left, (totals[at] ?? 0) - (shares[at] ?? 0));
      shares[at] = (shares[at] ?? 0) + given;
      left -= given;
    }
  }
  return shares;
};

/**
 * Items to take of each stratum, in the order of `strata`. What the verifier said of consistency gets equal parts: of
 * 1,500 rollouts with 60 inconsistent ones a proportional 40 would hold 2 of them, and no precision could be read from
 * those. Within one answer every stratum has at least one item while the part lasts, the rest goes by `shareOut`.
 */
export const allocate = (strata: readonly Stratum[], size: number): number[] => {
  const said = [...new Set(strata.map(({ consistency }) => consistency))].sort();
  const members = said.map((name) => strata.flatMap((stratum, at) => (stratum.consistency === name ? [at] : [])));
  const totalOf = (at: number): number => strata[at]?.total ?? 0;
  const parts = shareEqually(
    members.map((own) => own.reduce((sum, at) => sum + totalOf(at), 0)),
    size,
  );
  const taken = strata.map(() => 0);
  members.forEach((own, part) => {
    const shares = shareOut(own.map(totalOf), parts[part] ?? 0);
    own.forEach((at, place) => {
      taken[at] = shares[place] ?? 0;
    });
  });
  return taken;
};
