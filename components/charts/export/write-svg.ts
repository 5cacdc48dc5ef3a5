/**
 * Writes a picture as SVG text that stands alone: known elements and attributes only, every text escaped, no variable,
 * no script, and no reference but to its own patterns and clips. Pure; what reads the page is snapshot.ts.
 */

export type SvgNode = {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (SvgNode | string)[];
};

export type SvgHead = {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly summary: string;
  /** Behind everything. */
  readonly ground: string;
};

const tags = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan defs pattern clipPath title'.split(' '),
);

const attributes = new Set(
  (
    'x y x1 y1 x2 y2 cx cy r rx ry width height d dx dy points transform id patternUnits patternTransform ' +
    'patternContentUnits viewBox clip-path fill fill-opacity fill-rule stroke stroke-width stroke-opacity ' +
    'stroke-dasharray stroke-linecap stroke-linejoin opacity font-family font-size font-weight font-style ' +
    'text-anchor dominant-baseline paint-order overflow font-variant-numeric'
  ).split(' '),
);

const ownReference = /^url\(#[\w«»:.-]+\)$/;

const isSafe = (value: string): boolean =>
  !/var\(|javascript:|data:|https?:|expression\(|@import/i.test(value) &&
  (!/url\(/i.test(value) || ownReference.test(value.trim()));

/** Characters that XML 1.0 has no way to write: controls but for tab and line ends, halves of a pair, U+FFFE and U+FFFF. */
const isWritable = (letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
};

/** Text as it may stand in XML, between tags and in attributes alike. */
export const escapeXml = (text: string): string =>
  [...text]
    .filter(isWritable)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const nodeText = (node: SvgNode | string): string => {
  if (typeof node === 'string') return escapeXml(node);
  if (!tags.has(node.tag)) return '';
  const written = Object.entries(node.attributes)
    .filter(([name, value]) => attributes.has(name) && isSafe(value))
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
  const inner = node.children.map(nodeText).join('');
  if ((node.tag === 'g' || node.tag === 'title' || node.tag === 'text') && inner === '') return '';
  return inner === '' ? `<${node.tag}${written}/>` : `<${node.tag}${written}>${inner}</${node.tag}>`;
};

/** One document of SVG 1.1 from the pictures of a chart. */
export const writeSvg = ({ width, height, title, summary, ground }: SvgHead, nodes: readonly SvgNode[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(summary)}</desc>`,
    isSafe(ground) ? `<rect width="${width}" height="${height}" fill="${escapeXml(ground)}"/>` : '',
    ...nodes.map(nodeText),
    '</svg>',
    '',
  ].join('\n');
