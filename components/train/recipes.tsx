import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import { recipes } from '@/lib/domain/recipe';

/** What each stage of a campaign will be launched with, unless a person says otherwise. */
export const Recipes = () => (
  <Panel title="Recipes" flush>
    <WideTable label="Recipes" className="text-left">
      <thead>
        <tr className="align-bottom">
          <th scope="col" className="px-4 py-2 font-medium text-ink-2 text-xs">
            Default
          </th>
          {recipes.map(({ name }) => (
            <th key={name} scope="col" className="min-w-44 px-4 py-2">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, cell]) => (
          <tr key={label} className="border-line border-t align-top">
            <th scope="row" className="whitespace-nowrap px-4 py-1.5 text-left font-normal text-ink-2">
              {label}
            </th>
            {recipes.map((recipe) => (
              <td key={recipe.name} className="px-4 py-1.5">
                {cell(recipe)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </WideTable>
  </Panel>
);

const orDash = (value: number | null): string => (value === null ? '–' : String(value));

const rows: readonly (readonly [string, (recipe: (typeof recipes)[number]) => string])[] = [
  ['Algorithm', ({ algorithm }) => algorithm.toUpperCase()],
  ['Data', ({ data }) => data],
  ['Global batch', ({ globalBatch }) => String(globalBatch)],
  ['Rollout batch', ({ rolloutBatch }) => orDash(rolloutBatch)],
  ['Learning rate', ({ learningRate }) => learningRate.toExponential().replace('e-', 'e−')],
  ['Responses per question', ({ responsesPerQuestion }) => orDash(responsesPerQuestion)],
  ['Temperature', ({ temperature }) => (temperature === null ? '–' : temperature.toFixed(1))],
  ['DPO β', ({ dpoBeta }) => orDash(dpoBeta)],
];
