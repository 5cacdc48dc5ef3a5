import { TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { stagesApart } from '@/lib/domain/loop/shared-settings';
import { useForm } from './form-state';
import { stageNames } from './stage-text';

/** Says that stages would show the model other frames, and offers the way out. Nothing where they agree. */
export const SharedNote = () => {
  const { draft, defaults, act } = useForm();
  const apart = stagesApart(draft, defaults);
  if (!apart) return null;
  const { first, others, labels, join } = apart;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="min-w-0 basis-full">
        <TriangleAlert aria-hidden className="mr-1 inline size-4 align-text-bottom text-check-repetition" />
        {others.map((stage) => stageNames[stage]).join(' and ')} would not see what {stageNames[first]} sees:{' '}
        {labels.join(', ')}.
      </p>
      <Button
        onClick={() => {
          for (const each of join) act(each);
        }}
      >
        Use those of {stageNames[first]}
      </Button>
    </div>
  );
};
