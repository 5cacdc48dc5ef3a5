'use client';
import { Pause, Play, StepBack, StepForward } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useMoment, type VideoHandle } from './video-context';

/** Seconds with milliseconds, as frames need: 75.3333 → 1:15.333 */
export const formatMoment = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - minutes * 60).toFixed(3).padStart(6, '0')}`;
};

/** Play, exact steps, and a slider over frames. */
export const PlayerControls = ({ video, playable }: { video: VideoHandle; playable: boolean }) => {
  const { media, seconds, store, step, toggle, seekToFrame } = video;
  const { frame, playing } = useMoment(store);
  const last = (seconds?.length ?? media.probe.frameCount) - 1;
  const time = seconds?.[frame] ?? media.probe.startSeconds + frame / media.probe.fps;
  const place = `Frame ${frame} of 0–${last}, ${formatMoment(time)}`;
  return (
    <div className="flex flex-wrap items-center gap-1 border-line border-t px-2 py-1.5">
      {playable && (
        <Button look="quiet" className="w-8 px-0" aria-label={playing ? 'Pause' : 'Play'} onClick={toggle}>
          {playing ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4" />}
        </Button>
      )}
      <Button look="quiet" className="w-8 px-0" aria-label="One frame back" onClick={() => step(-1)}>
        <StepBack aria-hidden className="size-4" />
      </Button>
      <Button look="quiet" className="w-8 px-0" aria-label="One frame on" onClick={() => step(1)}>
        <StepForward aria-hidden className="size-4" />
      </Button>
      <input
        type="range"
        min={0}
        max={last}
        value={frame}
        aria-label="Frame"
        aria-valuetext={place}
        onChange={({ target }) => seekToFrame(Number(target.value))}
        className="min-w-24 flex-1 accent-accent"
      />
      <span className="px-1 font-mono text-ink-2 text-xs tabular-nums" title={place}>
        {frame}/{last} · {formatMoment(time)}
      </span>
    </div>
  );
};
