/** From what a person does to a chart painted, by the browser's own clock. */
import type { Page } from '@playwright/test';
import { z } from 'zod';

/** Nothing is drawn anew and nothing is read any more for so long: the charts stand. */
const QUIET_MS = 350;
const PATIENCE_MS = 30_000;
const POLL_MS = 60;

/**
 * Runs in the page, so that no round trip to this program lies in the times. A chart is painted with the first task after
 * the frame in which its picture or its table last changed: until then it may still show what was there before. Text, since
 * the loader that runs this file would put helpers of its own into a function.
 */
export const WATCH_PAINTS = `(() => {
  const state = { since: undefined, first: {}, last: {}, reading: 0, changed: performance.now() };
  window.benchPaints = state;
  window.benchArm = () => { Object.assign(state, { since: undefined, first: {}, last: {} }); };
  window.benchQuiet = (names) => state.since !== undefined && state.reading === 0
    && performance.now() - state.changed > ${QUIET_MS} && names.every((name) => name in state.last);
  window.benchIdle = () => state.reading === 0 && performance.now() - state.changed > ${QUIET_MS};
  for (const kind of ['click', 'change']) {
    window.addEventListener(kind, ({ timeStamp }) => { state.since ??= timeStamp; }, { capture: true });
  }
  const read = window.fetch;
  window.fetch = (...asked) => {
    state.reading += 1;
    return read(...asked).finally(() => { state.reading -= 1; state.changed = performance.now(); });
  };
  const MARKS = 'svg.recharts-surface, table';
  const nameOf = (element) => {
    const chart = element.closest('[data-chart]')?.dataset.chart;
    if (chart) return chart;
    for (let part = element.closest('section'); part; part = part.parentElement?.closest('section')) {
      const head = part.querySelector(':scope > header h2');
      if (head) return head.textContent.trim();
    }
  };
  const waiting = new Set();
  const noteFrame = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      state.changed = now;
      for (const name of waiting) {
        state.last[name] = now - state.since;
        state.first[name] ??= now - state.since;
      }
      waiting.clear();
    };
    requestAnimationFrame(() => port2.postMessage(null));
  };
  const partsOf = ({ type, target, addedNodes }) => {
    const own = target instanceof Element ? target : target.parentElement;
    const around = own?.closest(MARKS);
    if (around) return [around];
    if (type !== 'childList') return [];
    return [...addedNodes].flatMap((node) => node instanceof Element
      ? [...(node.matches(MARKS) ? [node] : []), ...node.querySelectorAll(MARKS)] : []);
  };
  new MutationObserver((records) => {
    if (state.since === undefined) {
      if (records.some((record) => partsOf(record).length > 0)) state.changed = performance.now();
      return;
    }
    const before = waiting.size;
    for (const record of records) for (const part of partsOf(record)) {
      const name = nameOf(part);
      if (name) waiting.add(name);
    }
    if (waiting.size > 0 && before === 0) noteFrame();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})()`;

const paintsSchema = z.object({ first: z.record(z.string(), z.number()), last: z.record(z.string(), z.number()) });
/** Milliseconds by the name of the chart (`data-chart`), or by the heading of the panel. */
export type Paints = z.infer<typeof paintsSchema>;

/** Asked from here: the page's own policy forbids what the browser's driver would leave in it to ask again and again. */
const until = async (page: Page, what: string): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while ((await page.evaluate(what)) !== true) {
    if (Date.now() > end)
      throw new Error(`${what} did not come true: ${JSON.stringify(await page.evaluate('window.benchPaints'))}`);
    await page.waitForTimeout(POLL_MS);
  }
};

/** Until nothing is read or drawn any more. */
export const settle = (page: Page): Promise<void> => until(page, 'window.benchIdle()');

/** Does `act`, which clicks or changes something once, and waits until the named charts stand. */
export const paintsOf = async (page: Page, names: readonly string[], act: () => Promise<unknown>): Promise<Paints> => {
  await settle(page);
  await page.evaluate('window.benchArm()');
  await act();
  await until(page, `window.benchQuiet(${JSON.stringify(names)})`);
  return paintsSchema.parse(
    await page.evaluate('({ first: window.benchPaints.first, last: window.benchPaints.last })'),
  );
};
