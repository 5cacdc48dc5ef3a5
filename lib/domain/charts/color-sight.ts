/**
 * Colours as eyes of different kinds see them, for holding the palette to what it promises. sRGB hex in, CIEDE2000 and
 * WCAG contrast out.
 *
 * Source: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", IEEE TVCG 15 (2009), matrices of severity 1; G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000
 * Color-Difference Formula", Color Res. Appl. 30 (2005); WCAG 2.2, relative luminance.
 */

export type Triple = readonly [number, number, number];

export const sights = ['normal', 'protanopia', 'deuteranopia', 'tritanopia'] as const;
export type Sight = (typeof sights)[number];

type Matrix = readonly [Triple, Triple, Triple];

/** On linear RGB. */
const matrices: Readonly<Record<Sight, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** sRGB (D65) to XYZ. */
const toXyz: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const white: Triple = [0.95047, 1, 1.08883];

const times = (matrix: Matrix, [x, y, z]: Triple): Triple => {
  const [a, b, c] = matrix.map(([p, q, r]) => p * x + q * y + r * z);
  return [a ?? 0, b ?? 0, c ?? 0];
};

const each = ([x, y, z]: Triple, change: (part: number) => number): Triple => [change(x), change(y), change(z)];

/** `#rrggbb` to linear RGB in [0, 1]; a `RangeError` for anything else. */
export const linearOf = (hex: string): Triple => {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex.trim());
  if (!match) throw new RangeError(`${hex} is not a colour of six hexadecimal digits`);
  const [, r = '', g = '', b = ''] = match;
  return each([Number.parseInt(r, 16), Number.parseInt(g, 16), Number.parseInt(b, 16)], (part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
};

/** What such an eye sees of a colour, in linear RGB. */
export const seenBy = (sight: Sight, linear: Triple): Triple =>
  each(times(matrices[sight], linear), (part) => Math.min(1, Math.max(0, part)));

/** CIELAB under D65. */
export const labOf = (linear: Triple): Triple => {
  const [x, y, z] = times(toXyz, linear);
  const scaled: Triple = [x / white[0], y / white[1], z / white[2]];
  const [fx, fy, fz] = each(scaled, (part) =>
    part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116,
  );
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
};

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const hue = (b: number, a: number): number =>
  a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
const seventh = (chroma: number): number => Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));

const meanHue = (h1: number, h2: number, gray: boolean): number => {
  if (gray) return h1 + h2;
  if (Math.abs(h1 - h2) <= 180) return (h1 + h2) / 2;
  return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
};

/** CIEDE2000 between two colours of CIELAB, with all weights 1: 2.3 is about what an eye just notices. */
export const difference = ([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number => {
  const g = 0.5 * (1 - seventh((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2));
  const [p1, p2] = [(1 + g) * a1, (1 + g) * a2];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const [h1, h2] = [hue(b1, p1), hue(b2, p2)];
  const isGray = c1 * c2 === 0;
  const turn = isGray ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const [dl, dc, dh] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn) / 2)];
  const [l, c, h] = [(l1 + l2) / 2, (c1 + c2) / 2, meanHue(h1, h2, isGray)];
  const t =
    1 -
    0.17 * Math.cos(radians(h - 30)) +
    0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) -
    0.2 * Math.cos(radians(4 * h - 63));
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const rt = -Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2)))) * 2 * seventh(c);
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * (dc / sc) * (dh / sh));
};

/** CIEDE2000 between two hex colours as such an eye sees them. */
export const differenceSeen = (sight: Sight, one: string, other: string): number =>
  difference(labOf(seenBy(sight, linearOf(one))), labOf(seenBy(sight, linearOf(other))));

const luminance = (hex: string): number => times(toXyz, linearOf(hex))[1];

/** WCAG contrast of two hex colours, from 1 to 21. */
export const contrast = (one: string, other: string): number => {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};
