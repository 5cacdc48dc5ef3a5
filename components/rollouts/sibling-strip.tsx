import type { RolloutDetail } from '@/lib/domain/rollouts/detail';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { rolloutAddress } from './addresses';
import { SampleGlyph } from './sample-glyph';

/** The other samples of the same question. */
export const SiblingStrip = ({ detail, state }: { detail: RolloutDetail; state: RolloutListState }) => {
  const longest = Math.max(0, ...detail.siblings.map(({ thinkTokens }) => thinkTokens ?? 0));
  return (
    <nav aria-label="Samples of this question" className="flex flex-wrap items-center gap-1">
      {detail.siblings.map((sample, at) => (
        <SampleGlyph
          key={sample.id}
          sample={{ ...sample, matches: true }}
          href={rolloutAddress(sample.id, state)}
          position={at + 1}
          longest={longest}
          current={sample.id === detail.id}
        />
      ))}
    </nav>
  );
};
