/**
 * Times and frame numbers in a model's text ("at 04:19", "12.5 seconds", "frames 3-5", "第12秒"), so that they can
 * become links into the video. Linear: every pattern has bounded parts, so that 5 MB of digits cost one pass each.
 */

/** `start` and `end` are UTF-16 offsets. `to` is the end of a stated range, in the same unit. */
export type Mention =
  | {
      readonly kind: 'time';
      readonly start: number;
      readonly end: number;
      /** Seconds from the start of the clip. */
      readonly seconds: number;
      readonly to?: number;
    }
  | {
      readonly kind: 'frame';
      readonly start: number;
      readonly end: number;
      /** The number as written: models count from 0 or from 1, and nobody knows which. */
      readonly index: number;
      readonly to?: number;
    };

type Found = { readonly value: number; readonly to?: number };
type Pattern = {
  readonly kind: Mention['kind'];
  readonly expression: RegExp;
  readonly read: (
    groups: Readonly<Record<string, string | undefined>>,
    before: string,
    after: string,
  ) => Found | undefined;
};

// Characters of context that a rule may look at.
const CONTEXT = 24;

const NUMBER = String.raw`\d{1,6}(?:\.\d{1,6})?`;
const DASH = String.raw`\s?(?:-|–|—|~|to|until|through|至|到)\s?`;
// No digit, letter, dot or colon before a number: never the tail of a longer one.
const NO_TAIL = String.raw`(?<![\p{L}\d_.:/])`;
const NO_TAIL_BUT_CJK = String.raw`(?<![\d.:])`;

const numberOf = (text: string | undefined): number => Number(text ?? 0);
const found = (value: number, to?: number): Found => (to === undefined || to < value ? { value } : { value, to });

/** "for 5 seconds" and "lasts 5 seconds" say how long, not when. */
const isLength = (before: string, after: string): boolean =>
  /\b(?:for|lasts|lasted|lasting|every|within|per|takes|took|another|only|over|duration of|of about)\s(?:about\s|around\s|roughly\s|approximately\s)?$/i.test(
    before,
  ) || /^[\s-](?:long|later|apart|earlier|clip|video|duration|interval|each)\b/i.test(after);

/** A bare "s" is a plural or a unit of physics unless a word says that it is a time. */
const hasTimeCue = (before: string): boolean =>
  /(?:\b(?:at|around|about|near|from|to|until|till|after|before|between|and|timestamp|time|by)|[@~[(]|–|-)\s?$/i.test(
    before,
  );

const patterns: readonly Pattern[] = [
  {
    kind: 'time',
    expression: new RegExp(
      `${NO_TAIL}(?<a>\\d{1,3}):(?<b>[0-5]\\d)(?::(?<c>[0-5]\\d))?(?<f>\\.\\d{1,6})?(?![\\d:]|\\.\\d)`,
      'gu',
    ),
    read: ({ a, b, c, f }, before, after) => {
      // A time of day or a ratio is no place in a clip.
      if (/^\s?[ap]\.?m\b/i.test(after) || /\b(?:ratio|aspect)\b[^.]{0,12}$/i.test(before)) return undefined;
      const whole =
        c === undefined ? numberOf(a) * 60 + numberOf(b) : (numberOf(a) * 60 + numberOf(b)) * 60 + numberOf(c);
      return found(whole + numberOf(f));
    },
  },
  {
    kind: 'time',
    expression: new RegExp(
      `${NO_TAIL}(?<h>\\d{1,3})\\s?(?:hours?|hrs?|h)\\s?(?:and\\s)?(?<m>\\d{1,3})\\s?(?:minutes?|mins?|m)(?:\\s?(?:and\\s)?(?<s>${NUMBER})\\s?(?:seconds?|secs?|s))?(?![\\p{L}\\d])`,
      'giu',
    ),
    read: ({ h, m, s }) => found((numberOf(h) * 60 + numberOf(m)) * 60 + numberOf(s)),
  },
  {
    kind: 'time',
    expression: new RegExp(
      `${NO_TAIL}(?<m>\\d{1,4})\\s?(?:minutes?|mins?|m)\\s?(?:and\\s)?(?<s>${NUMBER})\\s?(?:seconds?|secs?|s)(?![\\p{L}\\d])`,
      'giu',
    ),
    read: ({ m, s }) => found(numberOf(m) * 60 + numberOf(s)),
  },
  {
    kind: 'time',
    expression: new RegExp(
      `${NO_TAIL}(?:(?<a>${NUMBER})(?<join>${DASH}|\\sand\\s))?(?<b>${NUMBER})(?:(?:st|nd|rd|th)\\s|[\\s-]?)(?<unit>minutes?|mins?|seconds?|secs?|s)(?![\\p{L}\\d])`,
      'giu',
    ),
    read: ({ a, b, join, unit }, before, after) => {
      if (isLength(before, after)) return undefined;
      if (unit === 'S' || (unit === 's' && !hasTimeCue(before))) return undefined;
      // "5 and 7 seconds" is a range only as "between 5 and 7 seconds".
      const isRange = a !== undefined && (join?.trim() !== 'and' || /\bbetween\s$/i.test(before));
      const scale = unit?.toLowerCase().startsWith('m') ? 60 : 1;
      return isRange ? found(numberOf(a) * scale, numberOf(b) * scale) : found(numberOf(b) * scale);
    },
  },
  {
    kind: 'time',
    expression:
      /\b(?:second|timestamp|time\s?stamp)s?\s?(?:#|at\s|of\s|=\s?|:\s?)?(?<a>\d{1,6}(?:\.\d{1,6})?)(?:\s?(?:-|–|—|~|to)\s?(?<b>\d{1,6}(?:\.\d{1,6})?))?(?![\p{L}\d:]|\.\d)/giu,
    read: ({ a, b }) => found(numberOf(a), b === undefined ? undefined : numberOf(b)),
  },
  {
    kind: 'time',
    expression: new RegExp(
      `${NO_TAIL_BUT_CJK}第?(?:(?<m>\\d{1,4})\\s?分钟?\\s?)?(?<s>${NUMBER})\\s?秒(?!钟?[长内后])`,
      'gu',
    ),
    read: ({ m, s }) => found(numberOf(m) * 60 + numberOf(s)),
  },
  {
    kind: 'time',
    expression: new RegExp(`第(?<m>${NUMBER})\\s?分钟?(?!\\s?\\d)`, 'gu'),
    read: ({ m }) => found(numberOf(m) * 60),
  },
  {
    kind: 'frame',
    expression: new RegExp(
      `(?<![\\p{L}\\d])frames?[\\s_]?(?:number\\s|numbers\\s|no\\.\\s?|index\\s|indices\\s)?[#:]?\\s?(?<a>\\d{1,7})(?:${DASH}#?(?<b>\\d{1,7}))?(?![\\p{L}\\d]|\\.\\d)`,
      'giu',
    ),
    read: ({ a, b }) => found(numberOf(a), b === undefined ? undefined : numberOf(b)),
  },
  {
    kind: 'frame',
    expression: new RegExp(`${NO_TAIL}(?<a>\\d{1,7})(?:st|nd|rd|th)\\sframe(?!\\p{L})`, 'giu'),
    read: ({ a }) => found(numberOf(a)),
  },
  {
    kind: 'frame',
    expression: /第(?<a>\d{1,7})\s?(?:(?:-|–|~|至|到)\s?第?(?<b>\d{1,7})\s?)?帧/gu,
    read: ({ a, b }) => found(numberOf(a), b === undefined ? undefined : numberOf(b)),
  },
];

const mentionOf = (kind: Mention['kind'], start: number, end: number, { value, to }: Found): Mention => {
  const range = to === undefined ? {} : { to };
  return kind === 'time'
    ? { kind, start, end, seconds: value, ...range }
    : { kind, start, end, index: value, ...range };
};

const mentionsBy = (text: string, { kind, expression, read }: Pattern): Mention[] =>
  [...text.matchAll(expression)].flatMap((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    const value = read(
      match.groups ?? {},
      text.slice(Math.max(0, start - CONTEXT), start),
      text.slice(end, end + CONTEXT),
    );
    return value === undefined ? [] : [mentionOf(kind, start, end, value)];
  });

/** The mentions in `text`, in order and without overlap; of two that overlap the earlier one, then the longer one. */
export const findMentions = (text: string): Mention[] => {
  const all = patterns.flatMap((pattern) => mentionsBy(text, pattern));
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Mention[] = [];
  for (const mention of all) {
    const last = kept.at(-1);
    if (last === undefined || mention.start >= last.end) {
      const joined = last && joinRange(text, last, mention);
      if (joined) kept[kept.length - 1] = joined;
      else kept.push(mention);
    }
  }
  return kept;
};

/** "0:35–0:40" is one range, not two times. */
const joinRange = (text: string, first: Mention, second: Mention): Mention | undefined => {
  if (first.kind !== 'time' || second.kind !== 'time' || first.to !== undefined || second.to !== undefined)
    return undefined;
  if (second.start - first.end > 12 || second.seconds < first.seconds) return undefined;
  if (!/^\s{0,2}(?:-|–|—|~|to|until|till|through|至|到)\s{0,2}$/i.test(text.slice(first.end, second.start)))
    return undefined;
  return { kind: 'time', start: first.start, end: second.end, seconds: first.seconds, to: second.seconds };
};

/** Models round to whole seconds, and a player shows the last frame a little longer. */
const TIME_TOLERANCE_SECONDS = 0.5;

/**
 * Whether a mention points outside the clip: beyond `durationSeconds`, or beyond `frameCount` counted from 1. Frame
 * numbers mean whatever frames the caller counts: those of the clip, or those that the model was given.
 */
export const isOutsideClip = (
  mention: Mention,
  { durationSeconds, frameCount }: { readonly durationSeconds: number; readonly frameCount: number },
): boolean =>
  mention.kind === 'time'
    ? Math.max(mention.seconds, mention.to ?? 0) > durationSeconds + TIME_TOLERANCE_SECONDS
    : Math.max(mention.index, mention.to ?? 0) > frameCount;
