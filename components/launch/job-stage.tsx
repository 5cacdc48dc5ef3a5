import type { AskingStage } from '@/lib/domain/loop/draft';
import { type Field, fieldsByPath, stageFields } from '@/lib/domain/loop/fields';
import type { SetChoice } from '@/lib/domain/loop/launch-choices';
import { AdvancedFields, Fields } from './fields';
import { SetTable } from './set-table';
import { StageSection } from './stage-section';

/** A field of the plan itself, where the stage has it. */
const at = (path: string): readonly Field[] => {
  const field = fieldsByPath.get(path);
  return field ? [field] : [];
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
      <Fields fields={[...at(`${stage}.mostQuestions`), ...common, ...at(`${stage}.stage`)]} />
      <AdvancedFields fields={stageFields[stage]} />
    </StageSection>
  );
};
