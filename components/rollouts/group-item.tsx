import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import type { GroupRow } from '@/lib/domain/rollouts/row';
import { groupAddress, rolloutAddress } from './addresses';
import { PlaceLine } from './place-line';
import { RowTitle } from './row-title';
import { SampleGlyph } from './sample-glyph';

/** One question of the list with a glyph for each of its samples. */
export const GroupItem = ({ group, state }: { group: GroupRow; state: RolloutListState }) => {
  const longest = Math.max(0, ...group.samples.map(({ thinkTokens }) => thinkTokens ?? 0));
  const more = group.sampleCount - group.samples.length;
  return (
    <div className="flex flex-col gap-2 px-4 py-2.5 md:flex-row md:items-center md:gap-4">
      <div className="min-w-0 flex-1">
        <RowTitle href={groupAddress(group.id, state)} prompt={group.prompt} />
        <PlaceLine place={group} className="mt-0.5" />
      </div>
      <div className="flex flex-wrap items-center gap-1">
        {group.samples.map((sample, at) => (
          <SampleGlyph
            key={sample.id}
            sample={sample}
            href={rolloutAddress(sample.id, state)}
            position={at + 1}
            longest={longest}
          />
        ))}
        {more > 0 && <span className="text-ink-3 text-xs">+{more}</span>}
      </div>
    </div>
  );
};
