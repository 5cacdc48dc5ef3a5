'use client';
import { useState } from 'react';
import { QuestionPanel } from '@/components/rollouts/question-panel';
import { Button } from '@/components/ui/button';
import { FrameStrip } from '@/components/video/frame-strip';
import { QuestionVideo } from '@/components/video/question-video';
import type { QuestionComparison, SliceChains } from '@/lib/domain/question-comparison/comparison';
import { formatSlice } from '@/lib/domain/slices/slice';
import { nameAmong } from './slice-words';

type QuestionSideProps = {
  readonly question: QuestionComparison['question'];
  /** The two that stand around it. */
  readonly sides: readonly [SliceChains, SliceChains];
};

const framesOf = ({ chains, sampler }: SliceChains) => ({ frames: chains[0]?.frames ?? null, sampler });

/** What both sides were asked about: the video, the frames that the model saw, the question. */
export const QuestionSide = ({ question, sides }: QuestionSideProps) => {
  const [left, right] = sides;
  const [picked, setPicked] = useState<'left' | 'right'>('left');
  // Another sampler, or another log of frames: then the two sides saw something else.
  const same = JSON.stringify(framesOf(left)) === JSON.stringify(framesOf(right));
  const empty = left.chains.length === 0 ? right : left;
  const shown = same ? empty : picked === 'left' ? left : right;
  const { frames, sampler } = framesOf(shown);
  return (
    <div className="flex min-w-0 flex-col gap-3 md:col-span-2 xl:sticky xl:top-3 xl:order-2 xl:col-span-1 xl:max-h-[calc(100vh-5rem)] xl:overflow-y-auto">
      <QuestionVideo question={question} />
      {question.media && !same && (
        <div className="flex flex-wrap items-center gap-1 text-xs">
          <span className="text-ink-2">The sides saw different frames:</span>
          {(['left', 'right'] as const).map((side) => (
            <Button
              key={side}
              look={side === picked ? 'plain' : 'quiet'}
              aria-pressed={side === picked}
              className="h-6 px-2 text-xs"
              onClick={() => setPicked(side)}
            >
              {nameAmong(side === 'left' ? left : right, sides)}
            </Button>
          ))}
        </div>
      )}
      <FrameStrip key={formatSlice(shown)} frames={frames} sampler={sampler} runId={shown.runId} />
      <QuestionPanel question={question} />
    </div>
  );
};
