import { History } from 'lucide-react';

/** A pair whose rule no longer holds, and why; it takes a line of its own, since it is a reason to look again. */
export const StaleMark = ({ why }: { why: string }) => (
  <span className="flex basis-full items-start gap-1.5 rounded bg-check-repetition-soft px-2 py-1">
    <History aria-hidden className="mt-0.5 size-4 shrink-0 text-check-repetition" />
    <span className="min-w-0 break-words">
      <b className="font-semibold">Stale:</b> {why}.
    </span>
  </span>
);
