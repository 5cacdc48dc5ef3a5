import 'server-only';
/** The questions behind a count of flips, page by page, those that moved most first. */
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { listFlips } from '@/lib/domain/comparison/flips';
import { type FlipCursor, type FlipsAsked, formatFlipCursor } from '@/lib/domain/comparison/flips-asked';
import { columnsOfAspect } from '@/lib/domain/comparison/outcome';
import type { FlipPage } from '@/lib/domain/comparison/schema';
import { sharedPlaces } from '@/lib/domain/comparison/tallies';
import { kindSchema } from '@/lib/domain/question';
import type { Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';
import { readTallies } from './read-tallies';
import { flipSlot } from './slots';

const PAGE = 50;
/** Characters of a question that the list shows. */
const PROMPT_CHARS = 240;

/**
 * At most 50 questions whose outcome went from one to the other. Throws `not_found` for foreign runs, too, and `busy` in
 * a crowd.
 */
export const listFlippedQuestions = async (
  viewer: Viewer,
  pair: readonly [Slice, Slice],
  narrow: Narrow,
  asked: FlipsAsked,
  cursor: FlipCursor | undefined,
): Promise<FlipPage> => {
  const tallies = await flipSlot(() => readTallies(viewer, pair, narrow, columnsOfAspect[asked.aspect]));
  const [base = new Float64Array(), other = new Float64Array()] = tallies.sides;
  const idOf = (place: number): string => tallies.questionIds[place] ?? '';
  const all = listFlips(base, other, sharedPlaces(base, other), asked, idOf);
  const isAfter = (moved: number, id: string): boolean =>
    cursor === undefined || moved < cursor.moved || (moved === cursor.moved && id > cursor.questionId);
  const rest = all.filter(({ moved, place }) => isAfter(moved, idOf(place)));
  const shown = rest.slice(0, PAGE);
  const questions = await db.question.findMany({
    where: { id: { in: shown.map(({ place }) => idOf(place)) }, ...visibleTo(viewer) },
    select: { id: true, prompt: true, kind: true, questionSet: { select: { name: true } } },
  });
  const byId = new Map(questions.map((question) => [question.id, question]));
  const last = shown.at(-1);
  return {
    rows: shown.flatMap(({ place, base: before, other: after }) => {
      const question = byId.get(idOf(place));
      if (!question) return [];
      const { id: questionId, prompt, kind, questionSet } = question;
      return {
        questionId,
        prompt: prompt.slice(0, PROMPT_CHARS).toWellFormed(),
        kind: kindSchema.parse(kind),
        set: questionSet.name,
        base: before,
        other: after,
      };
    }),
    nextCursor:
      rest.length > PAGE && last ? formatFlipCursor({ moved: last.moved, questionId: idOf(last.place) }) : null,
  };
};
