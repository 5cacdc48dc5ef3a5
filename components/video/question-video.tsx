'use client';
import { Clapperboard } from 'lucide-react';
import type { QuestionView } from '@/lib/domain/rollouts/detail';
import { Player } from './player';
import { isPlayable } from './video-context';

const stateSentence = ({ modality, media, mediaPath }: QuestionView): string => {
  if (modality === 'text') return 'This question is words only: the model was shown no video.';
  if (!media) {
    return mediaPath === null
      ? 'The file that brought this question in named no video for it.'
      : `${mediaPath} was not found under any media root. Declare its folder under Import.`;
  }
  if (media.state === 'pending')
    return `${media.name} has not been looked at yet: the worker does that in the background.`;
  return media.sentence ?? 'This video cannot be played.';
};

/** The player, or the sentence that says why there is none. */
export const QuestionVideo = ({ question }: { question: QuestionView }) =>
  isPlayable(question.media) ? (
    <Player />
  ) : (
    <div className="flex items-center gap-3 rounded-lg border border-line border-dashed bg-surface px-4 py-5 text-ink-2">
      <Clapperboard aria-hidden className="size-5 shrink-0 text-ink-3" />
      <p className="min-w-0 break-words">{stateSentence(question)}</p>
    </div>
  );
