import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/field';
import type { BenchmarkChoices, Grouping } from '@/lib/domain/benchmarks/choices';
import { type Kind, kindSchema } from '@/lib/domain/question';
import type { Choose } from './use-benchmark-choices';

type PanelControlsProps = {
  readonly choices: BenchmarkChoices;
  readonly choose: Choose;
  /** Kinds that the run was asked; a choice is offered where there are two. */
  readonly kinds: readonly Kind[];
  /** Whether the bars can be grouped in two ways. */
  readonly groupable?: boolean;
  /** Whether any published figure could stand beside. */
  readonly hasPublished: boolean;
};

const groupingNames: Readonly<Record<Grouping, string>> = { set: 'By set', stage: 'By stage' };

/** What both panels of benchmarks are set to. */
export const PanelControls = ({ choices, choose, kinds, groupable = false, hasPublished }: PanelControlsProps) => (
  <>
    {kinds.length > 1 && (
      <Select
        aria-label="Kind of question"
        className="w-auto"
        value={choices.kind ?? ''}
        onChange={({ target }) => choose({ kind: kindSchema.safeParse(target.value).data ?? null })}
      >
        <option value="">All kinds</option>
        {kinds.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </Select>
    )}
    {groupable && (
      <Select
        aria-label="Bars grouped"
        className="w-auto"
        value={choices.by}
        onChange={({ target }) => choose({ by: target.value === 'stage' ? 'stage' : 'set' })}
      >
        {(['set', 'stage'] as const).map((by) => (
          <option key={by} value={by}>
            {groupingNames[by]}
          </option>
        ))}
      </Select>
    )}
    {hasPublished && (
      <Button
        look="quiet"
        className="px-2 aria-pressed:bg-sunken aria-pressed:text-ink"
        aria-pressed={choices.published}
        onClick={() => choose({ published: !choices.published })}
      >
        Published
      </Button>
    )}
  </>
);
