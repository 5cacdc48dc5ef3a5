/** The queue of each kind of task. */
import type { TaskKind } from '@/lib/domain/task';

export const queueNames = {
  import: 'import.run',
  probe: 'media.probe',
  verify: 'rollouts.verify',
  propose: 'pairs.propose',
  judge: 'rollouts.judge',
  count: 'rollouts.count',
} as const satisfies Record<TaskKind, string>;
