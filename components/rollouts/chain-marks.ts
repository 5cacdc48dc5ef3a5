/** What is drawn over the text of a response: the tags, the verifier's evidence, and links into the video. */
import type { Mention } from '@/lib/domain/frames/mentions';
import { findMentions, isOutsideClip } from '@/lib/domain/frames/mentions';
import type { Span } from '@/lib/domain/text/highlight';
import type { Evidence } from '@/lib/domain/verdict';

/** What a mention leads to. `outside`: the clip, or the frames the model saw, end before it. */
export type SeekLink = {
  readonly kind: 'link';
  readonly mention: Mention;
  readonly outside: boolean;
  readonly says: string;
};
export type ChainMark =
  | { readonly kind: 'tag' }
  | { readonly kind: 'evidence'; readonly evidence: Evidence; readonly at: number }
  | SeekLink;

/** How the clip bounds what the text may point at. */
export type ClipBounds = {
  readonly durationSeconds: number;
  /** Frames the model was given, in its order; models number them from 1. */
  readonly seenFrames: readonly number[];
};

const TAGS = ['<think>', '</think>', '<answer>', '</answer>'] as const;

const tagSpans = (text: string): Span<ChainMark>[] =>
  TAGS.flatMap((tag) => {
    const spans: Span<ChainMark>[] = [];
    for (let at = text.indexOf(tag); at >= 0; at = text.indexOf(tag, at + tag.length)) {
      spans.push({ start: at, end: at + tag.length, mark: { kind: 'tag' } });
    }
    return spans;
  });

const linkOf = (mention: Mention, bounds: ClipBounds): SeekLink => {
  const frameCount = bounds.seenFrames.length;
  const outside = isOutsideClip(mention, { durationSeconds: bounds.durationSeconds, frameCount });
  if (mention.kind === 'time') {
    const says = outside ? `Outside the clip, which lasts ${bounds.durationSeconds.toFixed(2)} s` : 'Show this moment';
    return { kind: 'link', mention, outside, says };
  }
  const says = outside
    ? `The model saw ${frameCount} frames: there is no such one`
    : `Show frame ${Math.max(1, mention.index)} of the ${frameCount} the model saw, counted from 1`;
  return { kind: 'link', mention, outside, says };
};

/** The frame of the clip that a frame number in the text means; numbers count the frames the model saw, from 1. */
export const frameOfMention = (mention: Mention, { seenFrames }: ClipBounds): number | undefined =>
  mention.kind === 'frame' ? seenFrames[Math.max(0, mention.index - 1)] : undefined;

/** All marks of a response. Without bounds (no video) times and frames stay plain text. */
export const chainSpans = (
  response: string,
  evidence: readonly Evidence[],
  bounds: ClipBounds | undefined,
): Span<ChainMark>[] => {
  const evidenceSpans = evidence.map((one, at): Span<ChainMark> => {
    const { start, end } = one;
    return { start, end, mark: { kind: 'evidence', evidence: one, at } };
  });
  const links = bounds
    ? findMentions(response).map((mention): Span<ChainMark> => {
        const { start, end } = mention;
        return { start, end, mark: linkOf(mention, bounds) };
      })
    : [];
  return [...tagSpans(response), ...evidenceSpans, ...links];
};
