import type { AskingStage } from '@/lib/domain/loop/draft';
import { fieldsByPath, stageFields } from '@/lib/domain/loop/fields';
import type { SetChoice } from '@/lib/domain/loop/launch-choices';
import { AdvancedFields, Fields } from './fields';
import { SetTable } from './set-table';
import { StageSection } from './stage-section';

/** Fields of the plan itself that stand before a stage's settings. */
const before: Record<AskingStage, readonly string[]> = {
  explore: ['explore.mostQuestions', 'explore.stage'],
  sample: ['sample.mostQuestions'],
  evaluate: ['evaluate.mostQuestions'],
};

/** A stage that asks questions: which ones, and how. */
export const JobStage = ({
  stage,
  sets,
  note,
}: {
  stage: AskingStage;
  sets: readonly SetChoice[];
  /** A remark about the chosen data. */
  note?: string | null;
}) => {
  const common = stageFields[stage].filter(({ group }) => group === 'common');
  return (
    <StageSection stage={stage}>
      <SetTable stage={stage} sets={sets} />
      {note && <p className="text-check-repetition">{note}</p>}
      <Fields fields={[...before[stage].flatMap((path) => fieldsByPath.get(path) ?? []), ...common]} />
      <AdvancedFields fields={stageFields[stage]} />
    </StageSection>
  );
};
