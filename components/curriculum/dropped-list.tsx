'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useState, useTransition } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Failed } from '@/components/ui/states';
import { leaveQuestionOut, putQuestionBack } from '@/lib/actions/curriculum';
import type { DroppedQuestion } from '@/lib/domain/curriculum';
import { curriculumKeys } from '@/lib/queries/curriculum';
import { DroppedRow } from './dropped-row';

type DroppedListProps = { runId: string; rows: readonly DroppedQuestion[]; engineer: boolean };

const keyOf = ({ iterationId, questionId }: DroppedQuestion): string => `${iterationId} ${questionId}`;

/** Puts a question back, or takes that back; says what went wrong. */
const useChange = () => {
  const client = useQueryClient();
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const change = useCallback(
    ({ iterationId, questionId, putBackAt }: DroppedQuestion) =>
      start(async () => {
        const act = putBackAt === null ? putQuestionBack : leaveQuestionOut;
        const result = await act({ iterationId, questionId });
        setError(result.ok ? undefined : result.error.message);
        await client.invalidateQueries({ queryKey: curriculumKeys.all });
      }),
    [client],
  );
  return { change, error, pending };
};

/** The list, walked with the arrows; `b` puts the question at hand back, or leaves it out again. */
export const DroppedList = ({ runId, rows, engineer }: DroppedListProps) => {
  const router = useRouter();
  const [selected, setSelected] = useState<string>();
  const { change, error, pending } = useChange();
  const at = rows.findIndex((row) => keyOf(row) === selected);

  useKeys(
    useMemo((): readonly KeyBinding[] => {
      const row = rows[at];
      const step = (by: 1 | -1) => {
        const next = rows[at === -1 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
        if (next) setSelected(keyOf(next));
      };
      const open = () => row && router.push(`/question-sets/${row.questionSetId}/questions/${row.questionId}`);
      const toggle = () => row && !pending && change(row);
      return [
        { keys: ['ArrowDown'], says: 'The question after', run: () => step(1) },
        { keys: ['ArrowUp'], says: 'The question before', run: () => step(-1) },
        { keys: ['o'], says: 'Open the question', run: open },
        ...(engineer ? [{ keys: ['b'], says: 'Put it back, or leave it out again', run: toggle }] : []),
      ];
    }, [rows, at, engineer, pending, change, router]),
  );

  return (
    <>
      {error && (
        <div className="px-4 py-2">
          <Failed error={new Error(error)} />
        </div>
      )}
      <ul aria-label="Questions left out" className="-mt-px">
        {rows.map((row) => (
          <DroppedRow
            key={keyOf(row)}
            runId={runId}
            row={row}
            engineer={engineer}
            pending={pending}
            current={keyOf(row) === selected}
            onSelect={() => setSelected(keyOf(row))}
            onChange={() => change(row)}
          />
        ))}
      </ul>
    </>
  );
};
