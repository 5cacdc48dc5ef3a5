import { Panel } from '@/components/ui/panel';

const stages = [
  {
    name: 'grpo',
    who: 'trainer',
    says: 'Samples 8 rollouts a question, asks the verifier for rewards, and updates the policy. Each step’s rollouts arrive here while it runs.',
  },
  {
    name: 'verify',
    who: 'studio',
    says: 'Gives every rollout of the iteration its five verdicts: format, accuracy, consistency, repetition, length.',
  },
  {
    name: 'curate',
    who: 'people',
    says: 'Proposes pairs. A policy says which need a person; when it is met, the set is frozen.',
  },
  {
    name: 'dpo',
    who: 'trainer',
    says: 'Trains on the frozen set from the GRPO checkpoint. An empty or unfrozen set is refused.',
  },
  {
    name: 'eval',
    who: 'trainer',
    says: 'Answers held-out question sets, greedily unless its temperature says otherwise: accuracy, consistency, both, and length.',
  },
  {
    name: 'curriculum',
    who: 'studio',
    says: 'Drops 80 % of the questions that every rollout already answers right, seeded, and shows which.',
  },
] as const;

/** What one iteration will do, in order. */
export const IterationStages = () => (
  <Panel title="One iteration">
    <ol className="grid grid-cols-1 gap-2 sm:grid-cols-2 xl:grid-cols-3">
      {stages.map(({ name, who, says }, at) => (
        <li key={name} className="rounded-md border border-line p-3">
          <div className="flex items-baseline justify-between gap-2">
            <span className="font-semibold">
              {at + 1}. {name}
            </span>
            <span className="text-ink-3 text-xs">{who}</span>
          </div>
          <p className="mt-1 text-ink-2">{says}</p>
        </li>
      ))}
    </ol>
  </Panel>
);
