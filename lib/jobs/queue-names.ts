/** The queue of each kind of task. */
import type { taskKinds } from '@/lib/data/tasks/read';

export const queueNames = {
  import: 'import.run',
  probe: 'media.probe',
  verify: 'rollouts.verify',
  propose: 'pairs.propose',
} as const satisfies Record<(typeof taskKinds)[number], string>;
