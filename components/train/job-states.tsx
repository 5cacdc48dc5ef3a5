import { Panel } from '@/components/ui/panel';

const states = [
  ['queued', 'Written down here; the trainer has not taken it yet.'],
  ['running', 'The trainer works on it; its events are read from the last one stored, so a broken line heals.'],
  ['succeeded', 'Its checkpoint or its rollouts are in.'],
  ['failed', 'It stopped with a reason, and can be tried again from its stage.'],
  ['cancelled', 'A person stopped it.'],
] as const;

/** The life of one request to a trainer. */
export const JobStates = () => (
  <Panel title="A job’s states">
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {states.map(([state, says]) => (
        <div key={state} className="contents">
          <dt className="font-medium">{state}</dt>
          <dd className="text-ink-2">{says}</dd>
        </div>
      ))}
    </dl>
  </Panel>
);
