import { Ban, Check, Clock, LoaderCircle, TriangleAlert } from 'lucide-react';
import { cx } from '@/components/ui/cx';
import type { Job } from '@/lib/domain/job';

const looks: Record<Job['state'], { readonly icon: typeof Check; readonly text: string; readonly tone: string }> = {
  queued: { icon: Clock, text: 'queued', tone: 'text-check-repetition' },
  running: { icon: LoaderCircle, text: 'running', tone: 'text-accent' },
  succeeded: { icon: Check, text: 'succeeded', tone: 'text-good' },
  failed: { icon: TriangleAlert, text: 'failed', tone: 'text-bad' },
  cancelled: { icon: Ban, text: 'cancelled', tone: 'text-ink-2' },
};

/** The state of a job: a shape and a word in its colour. */
export const JobState = ({ state, iconOnly = false }: { state: Job['state']; iconOnly?: boolean }) => {
  const { icon: Icon, text, tone } = looks[state];
  return (
    <span className={cx('inline-flex items-center gap-1 whitespace-nowrap', tone)}>
      <Icon
        aria-hidden
        className={cx('size-3.5 shrink-0', state === 'running' && 'animate-spin [animation-duration:3s]')}
      />
      <span className={iconOnly ? 'sr-only' : ''}>{text}</span>
    </span>
  );
};

/** What a job does, in one word. */
export const jobNames: Readonly<Record<Job['kind'], string>> = {
  grpo: 'GRPO',
  sft: 'SFT',
  rollout: 'Sampling',
  dpo: 'DPO',
  eval: 'Evaluation',
};
