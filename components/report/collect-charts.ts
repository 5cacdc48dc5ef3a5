/** Takes drawn charts out of a page. */
import { chartSvg } from '@/components/charts/export/chart-svg';
import { hasPicture } from '@/components/charts/export/snapshot';
import type { ReportChart } from '@/lib/domain/report/comparison-report';
import { AppError } from '@/lib/errors';

const POLL_MS = 40;
/** A picture that has stayed the same for so many looks is drawn. */
const SAME = 3;
const PATIENCE_MS = 8_000;

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, POLL_MS));

const plotsBelow = (element: HTMLElement) =>
  [...element.querySelectorAll<HTMLElement>('[data-chart]')].flatMap((panel) => {
    const [plot, figure] = [panel.querySelector<HTMLElement>('[data-chart-plot]'), panel.querySelector('figure')];
    return plot && figure ? [{ plot, figure }] : [];
  });

/**
 * Resolves when every chart below `element` is drawn. By a timer and not by frames, which a hidden tab has none of.
 *
 * @throws AppError `unsupported` when one is not drawn within some seconds.
 */
export const chartsDrawn = async (element: HTMLElement): Promise<void> => {
  await document.fonts.ready;
  const end = Date.now() + PATIENCE_MS;
  let [seen, same] = ['', 0];
  while (same < SAME) {
    if (Date.now() > end) throw new AppError('unsupported', 'The charts were not drawn in time: try the report again');
    await wait();
    const plots = plotsBelow(element);
    const now = plots.every(({ plot }) => hasPicture(plot)) ? plots.map(({ plot }) => plot.innerHTML).join('') : '';
    same = now !== '' && now === seen ? same + 1 : 0;
    seen = now;
  }
};

const textsOf = (figure: Element, attribute: 'aria-labelledby' | 'aria-describedby'): string =>
  (figure.getAttribute(attribute) ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ')
    .trim();

/** Every chart below `element` with what it is called and what describes it. They must be drawn (`chartsDrawn`). */
export const collectCharts = (element: HTMLElement): ReportChart[] =>
  plotsBelow(element).map(({ plot, figure }) => {
    const words = { title: textsOf(figure, 'aria-labelledby'), summary: textsOf(figure, 'aria-describedby') };
    const notes = [...figure.querySelectorAll('figcaption p')].flatMap(({ textContent: text }) =>
      text && text !== words.summary ? text : [],
    );
    return { ...words, notes, svg: chartSvg(plot, words) };
  });
