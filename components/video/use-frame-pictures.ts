'use client';
import { useEffect, useState } from 'react';
import { seekTimeOf } from '@/lib/domain/frames/time';
import { mediaUrl } from '@/lib/queries/media';
import type { PlayableMedia } from './video-context';

type Picture = HTMLCanvasElement | OffscreenCanvas;
export type FramePictures = {
  /** Decoded here, by frame index. */
  readonly pictures: ReadonlyMap<number, Picture>;
  /** The browser cannot decode this video (or some of it): the rest comes from the studio. */
  readonly fromServer: boolean;
};

const HEIGHT = 96;
const NONE: FramePictures = { pictures: new Map(), fromServer: false };
/** Pictures are shown in batches, so that a strip of hundreds does not draw itself hundreds of times. */
const BATCH = 8;

/**
 * Decodes the frames `indices` of a video in the browser, at their real times, so that a varying rate hits the right
 * ones. Gives up to the server's pictures where the browser has no decoder or finds other frames there.
 */
export const useFramePictures = (
  media: PlayableMedia,
  indices: readonly number[],
  seconds: readonly number[] | undefined,
): FramePictures => {
  const [result, setResult] = useState<FramePictures>(NONE);
  const wanted = indices.join(',');
  useEffect(() => {
    setResult(NONE);
    if (!seconds || wanted === '') return undefined;
    const frames = [...new Set(wanted.split(',').map(Number))].sort((a, b) => a - b);
    let gone = false;
    const show = (pictures: ReadonlyMap<number, Picture>, fromServer: boolean) => {
      if (!gone) setResult({ pictures: new Map(pictures), fromServer });
    };
    const pictures = new Map<number, Picture>();
    const read = async () => {
      for await (const [index, picture] of decodeFrames(media, frames, seconds, () => gone)) {
        pictures.set(index, picture);
        if (pictures.size % BATCH === 0) show(pictures, false);
      }
      show(pictures, pictures.size < frames.length);
    };
    // Whatever the decoder does not like, the server's pictures are there.
    read().catch(() => show(pictures, true));
    return () => {
      gone = true;
    };
  }, [media, wanted, seconds]);
  return result;
};

async function* decodeFrames(
  media: PlayableMedia,
  frames: readonly number[],
  seconds: readonly number[],
  isGone: () => boolean,
): AsyncGenerator<readonly [number, Picture]> {
  // Which of several video streams is the first one differs between readers.
  if (media.probe.videoStreams > 1 || !('VideoDecoder' in globalThis)) return;
  const { ALL_FORMATS, CanvasSink, Input, UrlSource } = await import('mediabunny');
  const source = new UrlSource(mediaUrl(media.id), { getRetryDelay: () => null });
  const input = new Input({ source, formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track || !(await track.canDecode())) return;
    // Players move a clip that begins before zero to zero, and the timestamps are on the player's clock.
    const shift = Math.max(0, -(await track.getFirstTimestamp()));
    const sink = new CanvasSink(track, { height: HEIGHT });
    const times = frames.map((index) => (seekTimeOf(seconds, index) ?? 0) - shift);
    let at = 0;
    for await (const found of sink.canvasesAtTimestamps(times)) {
      if (isGone()) return;
      const index = frames[at++] ?? 0;
      if (found && isFrame(found.timestamp + shift, index, seconds)) yield [index, found.canvas];
    }
  } finally {
    input.dispose();
  }
}

/** Whether what the decoder found is the frame that was meant: nearer to it than to its neighbours. */
const isFrame = (time: number, index: number, seconds: readonly number[]): boolean => {
  const start = seconds[index] ?? 0;
  const before = start - (seconds[index - 1] ?? Number.NEGATIVE_INFINITY);
  const after = (seconds[index + 1] ?? Number.POSITIVE_INFINITY) - start;
  return time > start - before / 2 && time < start + after / 2;
};
