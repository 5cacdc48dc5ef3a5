/** Reads the drawn pictures of a chart from the page, with every colour and font as the light theme computes them. */
import type { SvgNode } from './write-svg';

/** Where a text of the picture begins, for a canvas. */
export type PlacedText = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** The matrix from the text's own place to the picture: a b c d e f. */
  readonly matrix: readonly [number, number, number, number, number, number];
  readonly font: string;
  readonly fill: string;
  readonly halo: string | null;
};

export type Snapshot = {
  readonly width: number;
  readonly height: number;
  readonly ground: string;
  readonly nodes: readonly SvgNode[];
  readonly texts: readonly PlacedText[];
};

/** Computed, since they may come from a variable, a class or an ancestor. */
const painted = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linejoin',
  'opacity',
  'paint-order',
] as const;
const written = [
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'font-variant-numeric',
] as const;
const plain: Readonly<Record<string, string>> = {
  'fill-opacity': '1',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'paint-order': 'normal',
  'font-style': 'normal',
  'font-weight': '400',
  'text-anchor': 'start',
  'font-variant-numeric': 'normal',
};
const shapes = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan']);

/** White around the picture, which on the page is the panel's. */
const EDGE_PX = 8;

/** What makes a picture the page's and not its own. */
const dropped = /^(class|style|role|tabindex|focusable|aria-.*|data-.*|on.*)$/;

const readNode = (element: Element): SvgNode | null => {
  const tag = element.localName === 'clippath' ? 'clipPath' : element.localName;
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden') return null;
  const attributes: Record<string, string> = {};
  for (const { name, value } of element.attributes) if (!dropped.test(name)) attributes[name] = value;
  if (shapes.has(tag)) {
    for (const name of tag === 'text' || tag === 'tspan' ? [...painted, ...written] : painted) {
      const value = style.getPropertyValue(name);
      delete attributes[name];
      if (value === '' || value === plain[name]) continue;
      // Computed references name the whole address of the page: `url("https://…#id")`.
      attributes[name] = value.replaceAll(/url\("?[^"#)]*#([^")]*)"?\)/g, 'url(#$1)');
    }
  }
  const children = [...element.childNodes].flatMap((child) => {
    if (child instanceof Element) return readNode(child) ?? [];
    return child.nodeType === Node.TEXT_NODE && (tag === 'text' || tag === 'tspan' || tag === 'title')
      ? (child.textContent ?? '')
      : [];
  });
  return { tag, attributes, children };
};

const readText = (text: SVGTextElement, picture: SVGSVGElement, left: number, top: number): PlacedText[] => {
  const own = [...text.childNodes]
    .filter((child) => child.nodeName !== 'title')
    .map((child) => child.textContent ?? '')
    .join('');
  // Both to the screen: `getCTM` of a picture inside a picture would be of the outer one.
  const [from, to] = [picture.getScreenCTM(), text.getScreenCTM()];
  if (own === '' || !from || !to || text.getNumberOfChars() === 0) return [];
  const { x, y } = text.getStartPositionOfChar(0);
  const { a, b, c, d, e, f } = from.inverse().multiply(to);
  const style = getComputedStyle(text);
  return [
    {
      text: own,
      x,
      y,
      matrix: [a, b, c, d, e + left, f + top],
      font: `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`,
      fill: style.fill,
      halo: style.stroke === 'none' ? null : style.stroke,
    },
  ];
};

/** Words of the page that belong to the picture, such as the heads of small plots beside each other. */
const wordsNode = (element: Element, left: number, top: number): SvgNode => {
  const style = getComputedStyle(element);
  const range = document.createRange();
  range.selectNodeContents(element);
  const box = range.getBoundingClientRect();
  return {
    tag: 'text',
    attributes: {
      x: String(box.left - left),
      y: String(box.top - top + 0.78 * box.height),
      fill: style.color,
      'font-family': style.fontFamily,
      'font-size': style.fontSize,
      'font-weight': style.fontWeight,
    },
    children: [element.textContent ?? ''],
  };
};

const PICTURE = 'svg.recharts-surface';

/** Whether there is a picture to export: some panels show a table of links instead. */
export const hasPicture = (element: Element): boolean => element.querySelector(PICTURE) !== null;

/**
 * All pictures of Recharts below `element`, each where it stands, with small ones marked `data-chart-picture` (swatches of
 * a key) and words marked `data-chart-text`. The element is
 * copied into a hidden host of the light theme for as long as it is read: papers are white.
 */
export const takeSnapshot = (element: HTMLElement): Snapshot => {
  const host = document.createElement('div');
  host.dataset.theme = 'light';
  host.setAttribute('aria-hidden', 'true');
  host.style.background = 'var(--surface)';
  Object.assign(host.style, { position: 'absolute', left: '-100000px', top: '0', width: `${element.clientWidth}px` });
  const copy = element.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new TypeError('A copy of an element is an element');
  copy.removeAttribute('id');
  Object.assign(copy.style, { maxHeight: 'none', height: `${element.scrollHeight}px`, overflow: 'visible' });
  host.append(copy);
  document.body.append(host);
  try {
    const frame = copy.getBoundingClientRect();
    const pictures = [...copy.querySelectorAll<SVGSVGElement>(`${PICTURE}, svg[data-chart-picture]`)].map((picture) => {
      const box = picture.getBoundingClientRect();
      return {
        picture,
        x: box.left - frame.left + EDGE_PX,
        y: box.top - frame.top + EDGE_PX,
        width: box.width,
        height: box.height,
      };
    });
    const words = [...copy.querySelectorAll('[data-chart-text]')].map((one) =>
      wordsNode(one, frame.left - EDGE_PX, frame.top - EDGE_PX),
    );
    const nodes = pictures.flatMap(({ picture, x, y, width, height }) => {
      const node = readNode(picture);
      return node
        ? [
            {
              ...node,
              attributes: {
                x: String(x),
                y: String(y),
                width: String(width),
                height: String(height),
                overflow: 'visible',
              },
            },
          ]
        : [];
    });
    return {
      width: Math.ceil(Math.max(...pictures.map(({ x, width }) => x + width))) + EDGE_PX,
      height: Math.ceil(Math.max(...pictures.map(({ y, height }) => y + height))) + EDGE_PX,
      ground: getComputedStyle(host).backgroundColor,
      nodes: [...nodes, ...words],
      texts: pictures.flatMap(({ picture, x, y }) =>
        [...picture.querySelectorAll('text')].flatMap((text) => readText(text, picture, x, y)),
      ),
    };
  } finally {
    host.remove();
  }
};
