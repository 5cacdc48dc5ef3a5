import { Glyph } from './glyph';
import type { PlacedKey } from './key-layout';
import { SWATCH_PX } from './key-layout';
import { FONT_PX } from './text-width';

const ROW_PX = 16;

/** Which line is which, below the picture and part of it, so that an exported picture has it too. */
export const LineKey = ({ keys }: { keys: PlacedKey }) =>
  keys.items.map(({ key, name, text, look, x, row }) => {
    const y = keys.top + row * ROW_PX + ROW_PX / 2;
    return (
      <g key={key}>
        <title>{name}</title>
        <path d={`M${x} ${y}h${SWATCH_PX - 6}`} stroke={look.color} strokeWidth={2} strokeDasharray={look.dash} />
        <Glyph look={look} x={x + (SWATCH_PX - 6) / 2} y={y} />
        <text x={x + SWATCH_PX} y={y + 4} fontSize={FONT_PX} fill="var(--ink-2)">
          {text}
        </text>
      </g>
    );
  });

/** Which filling is which, above the bars. */
export const PartKey = ({ keys, fillOf }: { keys: PlacedKey; fillOf: (key: string) => string }) =>
  keys.items.map(({ key, name, text, look, hatched, x, row }) => {
    const y = keys.top + row * ROW_PX + ROW_PX / 2;
    return (
      <g key={key}>
        <title>{name}</title>
        <rect
          x={x + 4.5}
          y={y - 5}
          width={12}
          height={10}
          rx={2}
          fill={fillOf(key)}
          stroke={hatched === true ? look.color : 'none'}
        />
        <text x={x + SWATCH_PX} y={y + 4} fontSize={FONT_PX} fill="var(--ink-2)">
          {text}
        </text>
      </g>
    );
  });
