import { Glyph } from './glyph';
import type { Size } from './line-layout';
import type { PlotMark } from './plot-mark';
import { ChartNote } from './tooltip';

const opens = {
  keys: 'Enter opens the rollouts',
  pointer: 'Click opens the rollouts',
  touch: 'Tap again to open the rollouts',
};

type ActiveMarkProps = { mark: PlotMark; size: Size; by: keyof typeof opens };

/** The mark one is at, raised above the picture, and its note, which stays within the width of the picture. */
export const ActiveMark = ({ mark: { x, y, box, look, words }, size: { width, height }, by }: ActiveMarkProps) => {
  const across = Math.min(1, Math.max(0, x / Math.max(1, width)));
  const isLow = y > height / 2;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      <svg width={width} height={height} className="absolute inset-0 overflow-visible">
        <title>Where the note points</title>
        {box ? (
          <rect {...box} rx={3} fill="none" stroke="var(--ink)" strokeWidth={1.5} />
        ) : (
          <>
            <circle cx={x} cy={y} r={8} fill="var(--surface)" stroke="var(--ink)" strokeWidth={1.5} />
            <Glyph look={look} x={x} y={y} />
          </>
        )}
      </svg>
      <div
        className="absolute z-10 w-max max-w-[min(22rem,100%)]"
        style={{
          left: x,
          transform: `translateX(-${across * 100}%)`,
          ...(isLow ? { bottom: height - y + 14 } : { top: y + 14 }),
        }}
      >
        <ChartNote title={words.title} lines={words.lines} {...(words.href ? { opens: opens[by] } : {})} />
      </div>
    </div>
  );
};
