/** A drawn chart as PNG. */
import { AppError } from '@/lib/errors';
import { type PlacedText, takeSnapshot } from './snapshot';
import { type SvgNode, writeSvg } from './write-svg';

const SCALE = 2;

const withoutTexts = (node: SvgNode): SvgNode => ({
  ...node,
  children: node.children.flatMap((child) =>
    typeof child === 'string' ? child : child.tag === 'text' ? [] : withoutTexts(child),
  ),
});

const loadImage = async (svg: string): Promise<HTMLImageElement> => {
  const image = new Image();
  // Not a blob: a canvas that has drawn an SVG from one counts as tainted in some browsers.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
};

const writeText = (canvas: CanvasRenderingContext2D, { text, x, y, matrix, font, fill, halo }: PlacedText) => {
  const [a, b, c, d, e, f] = matrix;
  canvas.setTransform(SCALE * a, SCALE * b, SCALE * c, SCALE * d, SCALE * e, SCALE * f);
  canvas.font = font;
  if (halo !== null) {
    canvas.strokeStyle = halo;
    canvas.lineWidth = 3;
    canvas.lineJoin = 'round';
    canvas.strokeText(text, x, y);
  }
  canvas.fillStyle = fill;
  canvas.fillText(text, x, y);
};

/**
 * The pictures below `element` at twice their size, in the light theme. A picture inside an image may load no font, so
 * the texts are written by the canvas, which has the page's.
 *
 * Throws `AppError('unsupported')` when the browser gives no PNG.
 */
export const chartPng = async (element: HTMLElement): Promise<Blob> => {
  const { width, height, ground, nodes, texts } = takeSnapshot(element);
  const pictures = nodes.filter(({ tag }) => tag === 'svg').map(withoutTexts);
  const image = await loadImage(writeSvg({ width, height, ground, title: '', summary: '' }, pictures));
  const sheet = document.createElement('canvas');
  [sheet.width, sheet.height] = [width * SCALE, height * SCALE];
  const canvas = sheet.getContext('2d');
  if (!canvas) throw new AppError('unsupported', 'This browser draws no picture: save the chart as SVG');
  canvas.drawImage(image, 0, 0, sheet.width, sheet.height);
  for (const text of texts) writeText(canvas, text);
  const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, 'image/png'));
  if (!blob) throw new AppError('unsupported', 'This browser made no PNG: save the chart as SVG');
  return blob;
};
