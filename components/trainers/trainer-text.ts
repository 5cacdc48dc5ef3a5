/** Words about a trainer. What it says of itself is another program's text: cut, and only ever shown. */
import type { TrainerInfo } from '@/lib/domain/trainer/answers';

const SHOWN_PACKAGES = ['torch', 'transformers', 'peft', 'av'] as const;
const MOST_NAMES = 12;
const MOST_CHARS = 60;

const cut = (text: string): string => (text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}…` : text);

/** Whole gigabytes (powers of 1000), as `visibleInfo` rounds them: 49.8e9 → 50 GB. */
export const formatGigabytes = (bytes: number): string => `${Math.round(bytes / 1e9)} GB`;

/** `trainer 0.1.0 · Python 3.11.7 · torch 2.13.0` */
export const versionsText = ({ version, python, packages }: TrainerInfo): string =>
  [
    `trainer ${cut(version)}`,
    `Python ${cut(python)}`,
    ...SHOWN_PACKAGES.flatMap((name) => (packages[name] ? [`${name} ${cut(packages[name])}`] : [])),
  ].join(' · ');

/** `a, b, c and 4 more` */
export const namesText = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
};

/** `1 job runs, 2 wait` */
export const queueText = ({ running, queued }: Pick<TrainerInfo, 'running' | 'queued'>): string => {
  const runs = running === 0 ? 'no job runs' : running === 1 ? '1 job runs' : `${running} jobs run`;
  return queued === 0 ? runs : `${runs}, ${queued} ${queued === 1 ? 'waits' : 'wait'}`;
};

/** When it last answered, in UTC to the minute; the sentence of one that never did. */
export const seenText = (seenAt: string | null): string =>
  seenAt ? `Last answered ${seenAt.slice(0, 16).replace('T', ' ')} UTC` : 'It has never answered';
