'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { cx } from '@/components/ui/cx';
import type { SamplerProfile } from '@/lib/domain/frames/profile';
import type { LoggedFrames } from '@/lib/domain/rollouts/detail';
import { frameUrl } from '@/lib/queries/media';
import { type FramesSeen, framesSeen, samplerText } from './frames-seen';
import { formatMoment } from './player-controls';
import { SamplerButton } from './sampler-dialog';
import { type FramePictures, useFramePictures } from './use-frame-pictures';
import { useMoment, useVideo, type VideoHandle } from './video-context';

type FrameStripProps = { frames: LoggedFrames | null; sampler: SamplerProfile | null; runId: string };

/** The frames that the model saw, with index and real time; a click shows one in the player. */
export const FrameStrip = ({ frames, sampler, runId }: FrameStripProps) => {
  const video = useVideo();
  const seen = useMemo(() => video && framesSeen(video.media.probe, { frames, sampler }), [video, frames, sampler]);
  if (!video || !seen) return frames && <LoggedOnly frames={frames} />;
  return (
    <section aria-label="Frames the model saw" className="rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-center justify-between gap-2 px-3 py-1.5">
        <p className="min-w-64 flex-1 text-ink-2 text-xs">{captionOf(seen)}</p>
        {seen.origin !== 'logged' && <SamplerButton runId={runId} sampler={sampler} />}
      </header>
      {seen.sample ? (
        <Strip video={video} indices={seen.sample.indices} times={seen.logged?.times ?? null} />
      ) : (
        <p className="px-3 pb-3">{seen.problem}.</p>
      )}
    </section>
  );
};

/** The log in words: how many, how large, and whether it has their times. */
const loggedText = ({ indices, times, size }: LoggedFrames): string => {
  const many = indices.length === 1 ? '1 frame' : `${indices.length} frames`;
  const large = size ? ` of ${size.width} × ${size.height} pixels` : '';
  return `${many}${large} as the trainer logged ${indices.length === 1 ? 'it' : 'them'}${times ? ', with their times' : ''}.`;
};

/** Where the clip cannot be shown, its frames are still known by number. */
const LoggedOnly = ({ frames }: { frames: LoggedFrames }) => (
  <section aria-label="Frames the model saw" className="rounded-lg border border-line bg-surface px-3 py-1.5">
    <p className="text-ink-2 text-xs">{loggedText(frames)} The clip itself cannot be shown here.</p>
    <ol className="mt-1 flex max-h-24 flex-wrap gap-x-3 overflow-y-auto text-[11px] text-ink-2 tabular-nums">
      {frames.indices.map((index, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a model may see one frame twice
        <li key={at}>
          <b className="font-semibold text-ink">{index}</b> {frames.times && formatMoment(frames.times[at] ?? 0)}
        </li>
      ))}
    </ol>
  </section>
);

const captionOf = ({ origin, profile, sample, logged }: FramesSeen): string => {
  if (logged) return loggedText(logged);
  const count = sample ? `${sample.indices.length} frames the model saw` : 'The frames the model saw';
  const how = `computed as ${samplerText(profile)}`;
  return origin === 'computed'
    ? `${count}: ${how}; the trainer stored none.`
    : `${count}, probably: ${how}. Nobody said how this run picked frames.`;
};

const HEIGHT = 96;
const GAP = 6;

type StripProps = {
  video: VideoHandle;
  indices: readonly number[];
  /** As the trainer logged them; null takes those of the file. */
  times: readonly number[] | null;
};

const Strip = ({ video, indices, times }: StripProps) => {
  const { media, seconds, store, seekToFrame } = video;
  const pictures = useFramePictures(media, indices, seconds);
  const { frame } = useMoment(store);
  const scroller = useRef<HTMLDivElement>(null);
  const { displayWidth, displayHeight } = media.probe;
  const width = Math.max(88, Math.min(240, Math.round((HEIGHT * displayWidth) / displayHeight)));
  const cells = useVirtualizer({
    horizontal: true,
    count: indices.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => width,
    gap: GAP,
    overscan: 6,
    initialRect: { width: 1200, height: HEIGHT },
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={scroller} tabIndex={0} className="overflow-x-auto px-3 pb-2">
      <ol className="relative h-[7.6rem]" style={{ width: cells.getTotalSize() }}>
        {cells.getVirtualItems().map(({ index: at, start }) => {
          const index = indices[at] ?? 0;
          const time = times?.[at] ?? seconds?.[index];
          return (
            <li key={at} className="absolute top-0" style={{ left: start, width }}>
              <button
                type="button"
                aria-pressed={frame === index}
                onClick={() => seekToFrame(index)}
                className={cx(
                  'block w-full overflow-hidden rounded border-2 text-left',
                  frame === index ? 'border-accent' : 'border-transparent hover:border-line-strong',
                )}
              >
                <FramePicture index={index} mediaId={media.id} from={pictures} />
                <span className="block truncate px-0.5 text-[11px] text-ink-2 tabular-nums">
                  <b className="font-semibold text-ink">{index}</b> {time !== undefined && formatMoment(time)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
};

const FramePicture = ({ index, mediaId, from }: { index: number; mediaId: string; from: FramePictures }) => {
  const picture = from.pictures.get(index);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current || !picture) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    canvas.current.getContext('2d')?.drawImage(picture, 0, 0);
  }, [picture]);
  const box = 'block h-24 w-full rounded-sm bg-sunken object-contain';
  if (picture) return <canvas ref={canvas} role="img" aria-label={`Frame ${index}`} className={box} />;
  if (!from.fromServer) return <span className={cx(box, 'animate-pulse')} />;
  // biome-ignore lint/performance/noImgElement: frames come from our own route in the size that is shown
  return <img src={frameUrl(mediaId, index, 160)} alt={`Frame ${index}`} loading="lazy" className={box} />;
};
