/** What is kept of the texts of all groups, in columns. */
import type { GroupTexts } from '@/lib/domain/pairs/group-texts';

export type Pairing = {
  /** The distinct candidates of group `g` are the places `starts[g]` to `starts[g + 1]` of the next three columns. */
  readonly starts: Int32Array;
  /** The row of the snapshot. */
  readonly rows: Int32Array;
  /** As `KeptText.thinking`. */
  readonly thinking: Int32Array;
  readonly hasAnswer: Uint8Array;
  /** One each group. */
  readonly streams: Uint32Array;
};

/** A group without texts yields no pair: it belongs to an evaluation. */
export type PairingGroup = {
  readonly texts: GroupTexts;
  readonly rowOf: (sample: number) => number | undefined;
} | null;

/** In columns; candidates that have no row (they are not verified yet) are left out. */
export const pairingOf = (groups: readonly PairingGroup[]): Pairing => {
  const most = groups.reduce((sum, group) => sum + (group?.texts.distinct.length ?? 0), 0);
  const starts = new Int32Array(groups.length + 1);
  const [rows, thinkings] = [new Int32Array(most), new Int32Array(most)];
  const hasAnswers = new Uint8Array(most);
  const streams = new Uint32Array(groups.length);
  let end = 0;
  groups.forEach((group, at) => {
    starts[at] = end;
    if (group === null) return;
    streams[at] = group.texts.stream;
    for (const { sample, thinking, hasAnswer } of group.texts.distinct) {
      const row = group.rowOf(sample);
      if (row === undefined) continue;
      rows[end] = row;
      thinkings[end] = thinking;
      hasAnswers[end] = Number(hasAnswer);
      end += 1;
    }
  });
  starts[groups.length] = end;
  return {
    starts,
    streams,
    rows: rows.slice(0, end),
    thinking: thinkings.slice(0, end),
    hasAnswer: hasAnswers.slice(0, end),
  };
};
