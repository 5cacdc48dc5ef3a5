/** The keys of the queue. */
import type { KeyBinding } from '@/components/shell/keys';
import type { SideName } from '@/lib/domain/pairs/life';
import type { Actions } from './action-bar';

/** What the queue can do: the bar's actions, and those that need a side. */
export type QueueActions = Actions & {
  readonly pick: (side: SideName) => void;
  readonly edit: (side: SideName) => void;
};

/** While a blind vote is open, only its own keys decide: the others would say which side is which. */
export const queueKeys = (
  voting: boolean,
  actions: QueueActions,
  step: (by: 1 | -1) => void,
): readonly KeyBinding[] => [
  ...(voting ? voteKeys(actions) : decideKeys(actions)),
  { keys: ['d'], says: 'Skip: it comes again at the end', run: actions.skip },
  { keys: ['u'], says: 'Undo your latest decision', run: actions.undo },
  { keys: ['ArrowLeft'], says: 'The pair before', run: () => step(-1) },
  { keys: ['ArrowRight'], says: 'The pair after', run: () => step(1) },
  { keys: ['w'], says: 'Show what differs', run: actions.toggleDiff },
  { keys: ['b'], says: 'Blind: hide sides, verdicts and lengths until the vote', run: actions.toggleBlind },
  { keys: ['v'], says: 'Show the clip', run: actions.toggleMedia },
  { keys: ['h'], says: 'History of the pair', run: actions.history },
];

const voteKeys = (actions: QueueActions): readonly KeyBinding[] => [
  { keys: ['1'], says: 'A is better', run: actions.voteA },
  { keys: ['2'], says: 'B is better', run: actions.voteB },
  { keys: ['r'], says: 'Neither: reject the pair', run: actions.reject },
];

const decideKeys = (actions: QueueActions): readonly KeyBinding[] => [
  { keys: ['a'], says: 'Approve', run: actions.approve },
  { keys: ['r'], says: 'Reject', run: actions.reject },
  { keys: ['s'], says: 'Swap chosen and rejected', run: actions.swap },
  { keys: ['c'], says: 'Pick another chosen sample', run: () => actions.pick('chosen') },
  { keys: ['x'], says: 'Pick another rejected sample', run: () => actions.pick('rejected') },
  { keys: ['e'], says: 'Edit the chosen text', run: () => actions.edit('chosen') },
  { keys: ['E'], says: 'Edit the rejected text', run: () => actions.edit('rejected') },
];
