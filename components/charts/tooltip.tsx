/** The note that follows the pointer over a chart. */
export const ChartNote = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <div className="rounded-md border border-line bg-surface px-2 py-1 text-ink text-xs shadow-lg">
    <div className="font-medium">{title}</div>
    {lines.map((line) => (
      <div key={line} className="text-ink-2">
        {line}
      </div>
    ))}
  </div>
);
