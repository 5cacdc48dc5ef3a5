/** From overlapping spans to flat pieces of text that a view can render one after the other. */

/** `mark` is whatever the view needs to draw: evidence, a mention, a sentence. */
export type Span<Mark> = { readonly start: number; readonly end: number; readonly mark: Mark };

export type Segment<Mark> = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The marks that cover all of the segment, in the order of their spans; empty for plain text. */
  readonly marks: readonly Mark[];
};

/**
 * Cuts `text` at every start and end of a span. The segments follow one another, none is empty, and joined they are
 * the text. Offsets are UTF-16; spans beyond the text are cut to it, and empty or backward ones dropped.
 */
export const segmentsOf = <Mark>(text: string, spans: readonly Span<Mark>[]): Segment<Mark>[] => {
  const inside = spans
    .map(({ start, end, mark }) => ({ start: Math.max(0, start), end: Math.min(text.length, end), mark }))
    .filter(({ start, end }) => start < end);
  const cuts = [...new Set([0, text.length, ...inside.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  // By start, and at equal starts in the order given; `active` holds positions in `inside`, so that order survives.
  const order = inside.map((_, at) => at).sort((a, b) => (inside[a]?.start ?? 0) - (inside[b]?.start ?? 0) || a - b);

  const segments: Segment<Mark>[] = [];
  let active: number[] = [];
  let next = 0;
  for (const [at, start] of cuts.entries()) {
    const end = cuts[at + 1];
    if (end === undefined) break;
    active = active.filter((index) => (inside[index]?.end ?? 0) > start);
    for (; next < order.length; next++) {
      const index = order[next];
      if (index === undefined || (inside[index]?.start ?? 0) > start) break;
      active.push(index);
    }
    const covering = [...active].sort((a, b) => a - b).flatMap((index) => inside[index] ?? []);
    segments.push({ start, end, text: text.slice(start, end), marks: covering.map(({ mark }) => mark) });
  }
  return segments;
};
