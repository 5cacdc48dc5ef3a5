import type { Route } from 'next';
import Link from 'next/link';
import { Field, Select } from '@/components/ui/field';
import { pairFields, stageFields } from '@/lib/domain/loop/fields';
import type { LaunchChoices } from '@/lib/domain/loop/launch-choices';
import type { Gate } from '@/lib/domain/loop/plan';
import { formatCount } from '@/lib/domain/text/counted';
import { AdvancedFields, Fields, FieldsAt } from './fields';
import { useForm } from './form-state';
import { StageSection } from './stage-section';

const policies: Record<Gate['policy'], { readonly name: string; readonly says: string }> = {
  review_all: { name: 'Review all', says: 'A person decides every proposed pair.' },
  review_sample: {
    name: 'Review a sample',
    says: 'A person decides a sample drawn by the seed; the policy approves the rest, and its decisions say so.',
  },
  auto_approve: { name: 'Auto-approve', says: 'The policy approves every proposed pair; its decisions say so.' },
};
const policyNames: readonly Gate['policy'][] = ['review_all', 'review_sample', 'auto_approve'];

/** Who decides the pairs of this iteration. */
export const GateStage = () => {
  const { draft, act } = useForm();
  return (
    <StageSection stage="curate">
      <fieldset className="grid grid-cols-1 gap-2 md:grid-cols-3">
        <legend className="mb-1 font-medium">Who decides</legend>
        {policyNames.map((policy) => (
          <label
            key={policy}
            className="flex cursor-pointer items-start gap-2 rounded-md border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="policy"
              checked={draft.policy === policy}
              onChange={() => act({ type: 'policy', policy })}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="font-medium">{policies[policy].name}</span>
              <span className="block text-ink-2 text-xs">{policies[policy].says}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {draft.policy === 'review_sample' && <FieldsAt paths={['curate.gate.count']} />}
      <Fields fields={pairFields} />
    </StageSection>
  );
};

/** DPO, and the pairs that it learns from. */
export const AlignStage = ({ pairSets }: { pairSets: LaunchChoices['pairSets'] }) => {
  const { draft, problems, act } = useForm();
  const chosen = pairSets.find(({ id }) => id === draft.pairSetId);
  const problem = problems['align.pairSetId'];
  return (
    <StageSection stage="align">
      <Field
        label="Learns from"
        className="max-w-xl"
        errors={problem ? [problem] : undefined}
        hint={
          chosen ? (
            <Link href={`/pair-sets/${chosen.id}` satisfies Route} className="text-accent hover:underline">
              Look at pair set {chosen.number}
            </Link>
          ) : (
            'Pairs of this iteration’s rollouts, frozen when their review is done.'
          )
        }
      >
        {(control) => (
          <Select
            {...control}
            value={draft.pairSetId ?? ''}
            onChange={({ target }) => act({ type: 'pairSet', id: target.value === '' ? null : target.value })}
          >
            <option value="">the pairs of this iteration</option>
            {pairSets.map(({ id, number, runName, k, pairCount }) => (
              <option key={id} value={id}>
                pair set {number}: {formatCount(pairCount)} pairs, {runName}, iteration {k}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Fields fields={stageFields.align.filter(({ group }) => group === 'common')} />
      <AdvancedFields fields={stageFields.align} />
    </StageSection>
  );
};
