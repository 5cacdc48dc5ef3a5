type ChartNoteProps = {
  title: string;
  lines: readonly string[];
  /** What pressing leads to. */
  opens?: string;
};

/** The note at a mark of a chart. */
export const ChartNote = ({ title, lines, opens }: ChartNoteProps) => (
  <div className="break-words rounded-md border border-line-strong bg-surface px-2 py-1 text-ink text-xs tabular-nums shadow-lg">
    <div className="font-medium">{title}</div>
    {lines.map((line, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same, and none has a life of its own
      <div key={at} className="text-ink-2">
        {line}
      </div>
    ))}
    {opens && <div className="mt-0.5 text-ink-3">{opens}</div>}
  </div>
);
