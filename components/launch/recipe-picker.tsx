import { Panel } from '@/components/ui/panel';
import { type DraftBase, planDefaults, recipeDefaults } from '@/lib/domain/loop/draft';
import type { RunChoice } from '@/lib/domain/loop/launch-choices';
import { recipes } from '@/lib/domain/loop/recipes';

type RecipePickerProps = {
  base: DraftBase;
  previous: RunChoice['previous'];
  onBase: (defaults: ReturnType<typeof recipeDefaults>) => void;
};

/** What the fields begin with: the previous plan, or a recipe. Choosing again drops what was typed. */
export const RecipePicker = ({ base, previous, onBase }: RecipePickerProps) => {
  const choices = [
    ...(previous
      ? [
          {
            id: 'previous' as const,
            name: `As iteration ${previous.k}`,
            says: 'The same stages, data and settings again, from the weights that it left.',
            data: null,
            defaults: () => planDefaults(previous.plan),
          },
        ]
      : []),
    ...recipes.map(({ id, name, says, data }) => ({ id, name, says, data, defaults: () => recipeDefaults(id) })),
  ];
  return (
    <Panel title="Recipe">
      <fieldset className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3">
        <legend className="sr-only">Recipe</legend>
        {choices.map(({ id, name, says, data, defaults }) => (
          <label
            key={id}
            className="flex cursor-pointer items-start gap-2 rounded-md border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="recipe"
              checked={base === id}
              onChange={() => onBase(defaults())}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="font-medium">{name}</span>
              <span className="block text-ink-2 text-xs">{says}</span>
              {data && <span className="block text-ink-2 text-xs">Published on {data}.</span>}
            </span>
          </label>
        ))}
      </fieldset>
    </Panel>
  );
};
