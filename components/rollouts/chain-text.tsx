'use client';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { framesSeen } from '@/components/video/frames-seen';
import { useVideo } from '@/components/video/video-context';
import type { SamplerProfile } from '@/lib/domain/frames/profile';
import type { LoggedFrames } from '@/lib/domain/rollouts/detail';
import { formatCount } from '@/lib/domain/text/counted';
import { type Segment, segmentsOf } from '@/lib/domain/text/highlight';
import { type Sentence, splitSentences } from '@/lib/domain/text/sentences';
import type { Evidence } from '@/lib/domain/verdict';
import { type ChainMark, type ClipBounds, chainSpans, frameOfMention, type SeekLink } from './chain-marks';
import { ChainSegment } from './chain-segment';

/** Characters drawn at first: a response of megabytes must not stop the page. */
const FIRST_CHARS = 40_000;

type ChainTextProps = {
  response: string;
  evidence: readonly Evidence[];
  frames: LoggedFrames | null;
  sampler: SamplerProfile | null;
  /** Sentence numbers and jump targets: on the rollout's own page. */
  full?: boolean;
};

/** The clip as the model was given it; undefined without a video. */
const useBounds = (frames: LoggedFrames | null, sampler: SamplerProfile | null): ClipBounds | undefined => {
  const probe = useVideo()?.media.probe;
  return useMemo(() => {
    if (!probe) return undefined;
    const seenFrames = framesSeen(probe, { frames, sampler }).sample?.indices ?? [];
    return { durationSeconds: probe.durationSeconds, seenFrames };
  }, [probe, frames, sampler]);
};

/** Segments of each sentence, in one pass: both lists are in order. */
const bySentence = (sentences: readonly Sentence[], segments: readonly Segment<ChainMark>[]) => {
  let at = 0;
  return sentences.map(({ start, end }) => {
    while ((segments[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    const own: Segment<ChainMark>[] = [];
    for (let next = at; (segments[next]?.start ?? Number.POSITIVE_INFINITY) < end; next++) {
      const segment = segments[next];
      if (!segment) break;
      const from = Math.max(start, segment.start);
      const to = Math.min(end, segment.end);
      own.push({
        ...segment,
        start: from,
        end: to,
        text: segment.text.slice(from - segment.start, to - segment.start),
      });
    }
    return { start, end, own };
  });
};

/** A response in sentences with its evidence, and its times and frames as links into the page's video. */
export const ChainText = ({ response, evidence, frames, sampler, full = false }: ChainTextProps) => {
  const video = useVideo();
  const bounds = useBounds(frames, sampler);
  const [all, setAll] = useState(false);
  const text = all ? response : response.slice(0, FIRST_CHARS);
  const sentences = useMemo(
    () => bySentence(splitSentences(text), segmentsOf(text, chainSpans(text, evidence, bounds))),
    [text, evidence, bounds],
  );
  const seek = ({ mention }: SeekLink) => {
    if (!video || !bounds) return;
    if (mention.kind === 'time') video.seekToTime(mention.seconds);
    else video.seekToFrame(frameOfMention(mention, bounds) ?? 0);
  };
  return (
    <div className="flex flex-col gap-1">
      {sentences.map(({ start, own }, number) => (
        <p key={start} className={cx('whitespace-pre-wrap break-words', full && 'flex gap-3')}>
          {full && (
            <span
              aria-hidden
              className="w-6 shrink-0 select-none pt-0.5 text-right text-[11px] text-ink-3 tabular-nums"
            >
              {number + 1}
            </span>
          )}
          <span className="min-w-0 flex-1">
            {own.map((segment) => (
              <ChainSegment key={segment.start} segment={segment} onSeek={seek} withIds={full} />
            ))}
          </span>
        </p>
      ))}
      {sentences.length === 0 && <p className="text-ink-3">The response is empty.</p>}
      {text.length < response.length && (
        <Button className="self-start" onClick={() => setAll(true)}>
          Show the other {formatCount(response.length - text.length)} characters
        </Button>
      )}
    </div>
  );
};
