import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import { type Recipe, recipes } from '@/lib/domain/loop/recipes';

const published = recipes.filter(({ data }) => data !== null);

/** What each stage of a campaign will be launched with, unless a person says otherwise. */
export const Recipes = () => (
  <Panel title="Recipes" flush>
    <WideTable label="Recipes" className="text-left">
      <thead>
        <tr className="align-bottom">
          <th scope="col" className="px-4 py-2 font-medium text-ink-2 text-xs">
            Default
          </th>
          {published.map(({ id, name }) => (
            <th key={id} scope="col" className="min-w-44 px-4 py-2">
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
            {published.map((recipe) => (
              <td key={recipe.id} className="px-4 py-1.5">
                {cell(recipe) ?? '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </WideTable>
  </Panel>
);

const rows: readonly (readonly [string, (recipe: Recipe) => string | number | null | undefined])[] = [
  ['Algorithm', ({ parts }) => (parts.explore ? 'GRPO' : 'DPO')],
  ['Data', ({ data }) => data],
  ['Global batch', ({ parts }) => (parts.explore ?? parts.align)?.settings.globalBatch],
  ['Rollout batch', ({ parts }) => parts.explore?.settings.questionBatch],
  [
    'Learning rate',
    ({ parts }) => (parts.explore ?? parts.align)?.settings.learningRate?.toExponential().replace('e-', 'e−'),
  ],
  ['Responses per question', ({ parts }) => parts.explore?.settings.samplesPerQuestion],
  ['Temperature', ({ parts }) => parts.explore?.settings.temperature?.toFixed(1)],
  ['DPO β', ({ parts }) => parts.align?.settings.beta],
];
