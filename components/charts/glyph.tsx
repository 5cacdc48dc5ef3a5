import { Symbols } from 'recharts';
import type { Look } from './plot-types';

const sizes: Readonly<Record<Look['shape'], number>> = {
  circle: 38,
  square: 34,
  diamond: 34,
  triangle: 34,
  cross: 34,
  star: 34,
};

/** The shape of a series at a point, ringed by the ground so that it stands off what it lies on. */
export const Glyph = ({ look, x, y, big = false }: { look: Look; x: number; y: number; big?: boolean }) => (
  <Symbols
    cx={x}
    cy={y}
    type={look.shape}
    size={sizes[look.shape] * (big ? 2.4 : 1)}
    fill={look.color}
    stroke="var(--surface)"
    strokeWidth={big ? 1.5 : 1}
  />
);
