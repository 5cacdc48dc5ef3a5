import { Panel } from '@/components/ui/panel';

type Trainer = { readonly id: string; readonly name: string; readonly url: string; readonly seen: string | null };

/** The machines that train. */
export const Trainers = ({ trainers }: { trainers: readonly Trainer[] }) => (
  <Panel title="Trainers">
    {trainers.length === 0 ? (
      <p className="text-ink-2">
        No trainer is registered, and none can be yet: launching comes with the trainer service. Until then, freeze a
        pair set and export it for the trainer you use.
      </p>
    ) : (
      <ul className="divide-y divide-line">
        {trainers.map(({ id, name, url, seen }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <span className="font-medium">{name}</span>
            <span className="break-all font-mono text-ink-2 text-xs">{url}</span>
            <span className="ml-auto text-ink-2 text-xs">{seen ? `seen ${seen}` : 'never seen'}</span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
);
