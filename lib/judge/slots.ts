import 'server-only';

/** How many requests to one judge are under way at once, over all the tasks of this process. */

type Line = { working: number; readonly waiting: (() => void)[] };
const lines = new Map<string, Line>();

/** Does the work when the judge has room for it: fewer than `limit` are at it. First come, first served. */
export const withSlot = async <T>(judgeId: string, limit: number, work: () => Promise<T>): Promise<T> => {
  const line = lines.get(judgeId) ?? { working: 0, waiting: [] };
  lines.set(judgeId, line);
  // A limit that was raised meanwhile lets several go on; who wakes looks again.
  while (line.working >= limit) await new Promise<void>((resolve) => line.waiting.push(resolve));
  line.working += 1;
  try {
    return await work();
  } finally {
    line.working -= 1;
    line.waiting.shift()?.();
    if (line.working === 0 && line.waiting.length === 0) lines.delete(judgeId);
  }
};

/**
 * Does the work once for everybody in this process who asks for the same `key` at the same time; `shared` says that
 * another one had begun it.
 */
export const onceAtATime = async <T>(
  held: Map<string, Promise<T>>,
  key: string,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly shared: boolean }> => {
  const begun = held.get(key);
  if (begun) return { value: await begun, shared: true };
  const doing = work().finally(() => held.delete(key));
  held.set(key, doing);
  return { value: await doing, shared: false };
};
