import 'server-only';
/** The questions of a project as a recording names them, both ways. */
import { db } from '@/lib/data/db';
import { questionName } from '@/lib/domain/recording/recording';

export type NamedQuestions = {
  readonly nameOf: ReadonlyMap<string, string>;
  readonly idOf: ReadonlyMap<string, string>;
};

/** Every question of these sets of a project, by id and by name. */
export const readNamedQuestions = async (
  projectId: string,
  questionSetIds: readonly string[],
): Promise<NamedQuestions> => {
  const rows = await db.question.findMany({
    where: { projectId, questionSetId: { in: [...questionSetIds] } },
    select: { id: true, key: true, questionSet: { select: { name: true } } },
  });
  const names = rows.map(({ id, key, questionSet }) => [id, questionName(questionSet.name, key)] as const);
  return { nameOf: new Map(names), idOf: new Map(names.map(([id, name]) => [name, id])) };
};
