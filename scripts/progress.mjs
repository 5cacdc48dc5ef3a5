/**
 * What the person sees while a command works. Results go to standard output, progress to standard error, so that
 * `$(npm run -s db)` captures only the answer. Plain JavaScript: it also runs before anything is installed.
 */

const REPAINT_MS = 250;
const QUIET_MS = 2_000;
const REPEAT_MS = 10_000;
const WORTH_TELLING_MS = 1_000;

/** The line being repainted, so that other lines can be written around it. */
let live = '';

const clear = () => {
  if (live) process.stderr.write('\r\u001b[2K');
};

const paint = (text) => {
  clear();
  live = text.slice(0, (process.stderr.columns || 80) - 1);
  process.stderr.write(live);
};

export const formatSeconds = (milliseconds) =>
  milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;

export const say = (text) => {
  clear();
  live = '';
  process.stdout.write(`${text}\n`);
};

export const warn = (text) => {
  clear();
  live = '';
  process.stderr.write(`${text}\n`);
};

/**
 * Runs `work` and shows how long it takes: a repainted line on a terminal, elsewhere a line after two seconds and then
 * every ten. `work` may set a note ("3 of 7"). Work under a second leaves no trace, so that a second start is quiet.
 */
export const step = async (title, work) => {
  const started = Date.now();
  const terminal = process.stderr.isTTY === true;
  let note = '';
  let lastTold = started - (REPEAT_MS - QUIET_MS);
  const line = () => `${title}… ${formatSeconds(Date.now() - started)}${note && ` (${note})`}`;
  const timer = setInterval(() => {
    if (terminal) return paint(line());
    if (Date.now() - lastTold < REPEAT_MS) return undefined;
    lastTold = Date.now();
    return warn(line());
  }, REPAINT_MS);
  try {
    const result = await work((text) => {
      note = text;
    });
    const elapsed = Date.now() - started;
    if (elapsed >= WORTH_TELLING_MS) warn(`✓ ${title} (${formatSeconds(elapsed)})`);
    else clear();
    live = '';
    return result;
  } finally {
    clearInterval(timer);
  }
};
