import { expect, test } from 'vitest';
import { type Place, routeOf } from './line-route';

const at = (column: number, row: number): Place => ({
  left: column * 20,
  right: column * 20 + 16,
  top: row * 50,
  middle: row * 50 + 19,
});

test.each([
  ['along a lane', at(0, 0), at(1, 0), null, 'right', 20, 19],
  ['to another lane', at(0, 0), at(2, 1), null, 'right', 40, 69],
  ['down in its column', at(1, 0), at(1, 1), null, 'down', 28, 50],
  ['down and back', at(3, 0), at(0, 2), null, 'down', 8, 100],
  ['up in its column', at(1, 2), at(1, 0), null, 'right', 20, 19],
  ['around what stands between', at(1, 0), at(1, 3), 1, 'left', 36, 169],
] as const)(
  '%s: the head lies where the line ends, and points into the box',
  (_name, from, to, around, heads, x, y) => {
    const route = routeOf(from, to, around);
    expect(route).toMatchObject({ heads, x, y });
    expect(route.d).toMatch(/^M[\d.]+ [\d.]+([HV][\d.]+)+$/);
    // The line's last leg is the one that the head ends.
    expect(route.d.endsWith(heads === 'down' ? `V${y}` : `H${x}`)).toBe(true);
  },
);
