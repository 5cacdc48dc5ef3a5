/** How wide a text is drawn, so that labels get the room they need and no more. */

/** Pixels of the labels in every chart. */
export const FONT_PX = 11;
/** As the page's own font is declared (app/globals.css); a canvas needs it spelled out. */
export const FONT_FAMILY = "'Inter Variable', system-ui, sans-serif";

/** Of Inter at this size, per letter: where there is no canvas to measure with. */
const GUESS_PX = 6.2;

const MOST_LETTERS = 200;

let context: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, number>();

/** Width in pixels at the size of the labels. */
export const textWidth = (text: string): number => {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (context === undefined)
    context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!context) return text.length * GUESS_PX;
  context.font = `${FONT_PX}px ${FONT_FAMILY}`;
  const { width } = context.measureText(text);
  // Names of runs and sets: few, but a studio stays open for days.
  if (known.size > 2000) known.clear();
  known.set(text, width);
  return width;
};

/** The text, or as much of its beginning and its end as fits: names of runs and sets often differ at their end. */
export const fitText = (text: string, most: number, widthOf: (text: string) => number = textWidth): string => {
  if (text.length <= MOST_LETTERS && widthOf(text) <= most) return text;
  // No label has room for more, and a name may be of any length.
  const letters = [
    ...(text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS / 2)}${text.slice(-MOST_LETTERS / 2)}` : text),
  ];
  for (let kept = letters.length - 1; kept > 1; kept -= 1) {
    const tail = Math.floor(kept / 2);
    const short = `${letters
      .slice(0, kept - tail)
      .join('')
      .trimEnd()}…${tail > 0 ? letters.slice(-tail).join('').trimStart() : ''}`;
    if (widthOf(short) <= most) return short;
  }
  return '…';
};
