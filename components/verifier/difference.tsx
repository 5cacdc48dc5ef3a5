type DifferenceProps = { value: number | null; digits?: number; unit?: string };

/** How much more or less, with its sign and an arrow; a dash for nothing. Neither way is better by itself. */
export const Difference = ({ value, digits = 0, unit = '' }: DifferenceProps) => {
  const rounded = value === null ? 0 : Number(value.toFixed(digits));
  if (rounded === 0) return <span className="text-ink-3">–</span>;
  const size = Math.abs(rounded).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (
    <span className="whitespace-nowrap font-medium">
      <span aria-hidden className="mr-1 hidden sm:inline">
        {rounded > 0 ? '▲' : '▼'}
      </span>
      {rounded > 0 ? '+' : '−'}
      {size}
      {unit}
    </span>
  );
};
