/** Whether a trainer and this studio are of one release. Another protocol is refused before this is asked. */

const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})/;

const parts = (version: string): readonly number[] | undefined => VERSION.exec(version)?.slice(1).map(Number);

/** Negative when `a` is older than `b`; 0 when equal or when either is no version we know how to order. */
const compareVersions = (a: string, b: string): number => {
  const [left, right] = [parts(a), parts(b)];
  if (!left || !right) return 0;
  return left.map((part, at) => part - (right[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
};

/** A sentence on versions that differ, saying what to update; null when they are the same. */
export const versionSkew = (trainer: string, studio: string): string | null => {
  if (trainer === studio) return null;
  const versions = `The trainer is version ${trainer.slice(0, 40)}, the studio ${studio}.`;
  const order = compareVersions(trainer, studio);
  if (order === 0) return `${versions} They talk to each other; results may differ.`;
  const older = order < 0 ? 'trainer' : 'studio';
  return `${versions} They talk to each other, but update the ${older} so that both know the same settings.`;
};
