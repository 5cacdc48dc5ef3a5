'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { cx } from '@/components/ui/cx';
import type { SamplerProfile } from '@/lib/domain/frames/profile';
import { frameUrl } from '@/lib/queries/media';
import { type FramesSeen, framesSeen, samplerText } from './frames-seen';
import { formatMoment } from './player-controls';
import { SamplerButton } from './sampler-dialog';
import { type FramePictures, useFramePictures } from './use-frame-pictures';
import { useMoment, useVideo, type VideoHandle } from './video-context';

type FrameStripProps = { frameIndices: readonly number[] | null; sampler: SamplerProfile | null; runId: string };

/** The frames that the model saw, with index and real time; a click shows one in the player. */
export const FrameStrip = ({ frameIndices, sampler, runId }: FrameStripProps) => {
  const video = useVideo();
  const seen = useMemo(
    () => video && framesSeen(video.media.probe, { frameIndices, sampler }),
    [video, frameIndices, sampler],
  );
  if (!video || !seen) return null;
  return (
    <section aria-label="Frames the model saw" className="rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-center justify-between gap-2 px-3 py-1.5">
        <p className="min-w-64 flex-1 text-ink-2 text-xs">{captionOf(seen)}</p>
        <SamplerButton runId={runId} sampler={sampler} />
      </header>
      {seen.sample ? (
        <Strip video={video} indices={seen.sample.indices} />
      ) : (
        <p className="px-3 pb-3">{seen.problem}.</p>
      )}
    </section>
  );
};

const captionOf = ({ origin, profile, sample }: FramesSeen): string => {
  const count = sample ? `${sample.indices.length} frames the model saw` : 'The frames the model saw';
  if (origin === 'stored') return `${count}: written down by the trainer.`;
  const how = `computed as ${samplerText(profile)}`;
  return origin === 'computed'
    ? `${count}: ${how}; the trainer stored none.`
    : `${count}, probably: ${how}. Nobody said how this run picked frames.`;
};

const HEIGHT = 96;
const GAP = 6;

const Strip = ({ video, indices }: { video: VideoHandle; indices: readonly number[] }) => {
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
                  <b className="font-semibold text-ink">{index}</b> {seconds && formatMoment(seconds[index] ?? 0)}
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
