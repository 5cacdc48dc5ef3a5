/** A drawn chart as one SVG that stands alone. */
import { takeSnapshot } from './snapshot';
import { writeSvg } from './write-svg';

export type ChartWords = { readonly title: string; readonly summary: string };

/**
 * The pictures below `element` as SVG text in the light theme, with the title and the summary as `<title>` and `<desc>`.
 * In the browser only, and only once the chart is drawn: an element without a picture throws a `TypeError`.
 */
export const chartSvg = (element: HTMLElement, { title, summary }: ChartWords): string => {
  const { width, height, ground, nodes } = takeSnapshot(element);
  if (nodes.length === 0) throw new TypeError('There is no picture to export below this element');
  return writeSvg({ width, height, ground, title, summary }, nodes);
};
