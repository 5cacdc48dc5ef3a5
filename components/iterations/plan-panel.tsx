'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import type { Plan } from '@/lib/domain/loop/plan';
import { gateText, type PlanPart, planParts, type SettingLine } from '@/lib/domain/loop/plan-summary';
import { formatCount } from '@/lib/domain/text/counted';
import { questionSetsQuery } from '@/lib/queries/question-sets';

const names: Readonly<Record<PlanPart['stage'], string>> = {
  explore: 'GRPO',
  sample: 'Sampling',
  align: 'DPO',
  evaluate: 'Evaluation',
};

/** What was decided at launch: it never changes after. What differs from the recipe comes first. */
export const PlanPanel = ({ plan, runId }: { plan: Plan; runId: string }) => {
  const { data: sets } = useQuery(questionSetsQuery());
  const nameOf = (id: string) => sets?.find((set) => set.id === id)?.name ?? id.slice(0, 8);
  return (
    <Panel title="Plan">
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">
          Decided at launch. Seed {plan.seed}, engine {plan.engine}, {plan.device ?? 'the first free device'}.{' '}
          {plan.curate && gateText(plan.curate.gate)}{' '}
          {plan.curriculum && (
            <>
              Of the questions that every answer gets right, {formatPercent(plan.curriculum.discard, 0)} are left out of
              the next iterations:{' '}
              <Link href={`/runs/${runId}/curriculum`} className="text-accent underline">
                curriculum
              </Link>
              .
            </>
          )}
        </p>
        <div className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-4">
          {planParts(plan).map((part) => (
            <Part key={part.stage} part={part} nameOf={nameOf} />
          ))}
        </div>
      </div>
    </Panel>
  );
};

const Part = ({ part, nameOf }: { part: PlanPart; nameOf: (id: string) => string }) => {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <section className="min-w-0">
      <h3 className="font-semibold">{names[part.stage]}</h3>
      {part.questionSets.length > 0 && (
        <p className="text-ink-2">
          {part.mostQuestions === null ? 'All questions' : `At most ${formatCount(part.mostQuestions)} questions`} of{' '}
          {part.questionSets.map((set, at) => (
            <span key={set}>
              {at > 0 && ', '}
              <Link href={`/question-sets/${set}`} className="break-words text-accent underline">
                {nameOf(set)}
              </Link>
            </span>
          ))}
        </p>
      )}
      {part.chosen.length > 0 ? (
        <Lines lines={part.chosen} />
      ) : (
        <p className="mt-1 text-ink-2">All settings are as the recipe has them.</p>
      )}
      <Button
        look="quiet"
        className="mt-1 h-6 px-1 text-xs"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? 'Hide' : 'Show'} the {formatCount(part.asUsual.length)} settings that are as usual
      </Button>
      <div id={id}>{isOpen && <Lines lines={part.asUsual} />}</div>
    </section>
  );
};

const Lines = ({ lines }: { lines: readonly SettingLine[] }) => (
  <dl className="mt-1">
    {lines.map(({ path, label, says, value, usual }) => (
      <div key={path} title={says} className="flex items-baseline justify-between gap-3 border-line border-t py-0.5">
        <dt className="min-w-0 break-words text-ink-2">{label}</dt>
        <dd className="max-w-[55%] shrink-0 text-right tabular-nums">
          <span className={usual === null ? 'break-words' : 'break-words font-medium'}>{value}</span>
          {usual !== null && <span className="block text-ink-3 text-xs">usually {usual}</span>}
        </dd>
      </div>
    ))}
  </dl>
);
