/** A bar with its numbers beside it; `total` unknown shows the count alone. */
export const Progress = ({ label, done, total }: { label: string; done: number; total: number | null }) => {
  const share = total ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      {...(total ? { 'aria-valuemax': total, 'aria-valuenow': Math.min(done, total) } : {})}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={total ? 'h-full rounded-full bg-accent' : 'h-full w-1/3 animate-pulse rounded-full bg-accent'}
        style={total ? { width: `${share * 100}%` } : undefined}
      />
    </div>
  );
};
