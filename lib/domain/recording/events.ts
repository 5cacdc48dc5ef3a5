/** Events in a recording: the trainer's own, with questions by name instead of by id. */
import type { TrainerEvent } from '@/lib/domain/trainer/event';

/** The event with its question named by `rename`; a question it does not know stays as it is. */
export const renameQuestion = (event: TrainerEvent, rename: (question: string) => string | undefined): TrainerEvent => {
  if (event.type !== 'rollout' && event.type !== 'log') return event;
  if (event.questionId === null) return event;
  const questionId = rename(event.questionId) ?? event.questionId;
  return event.type === 'rollout' ? { ...event, questionId } : { ...event, questionId };
};
