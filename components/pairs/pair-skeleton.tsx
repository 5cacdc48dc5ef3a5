import { Skeleton } from '@/components/ui/states';

/** Holds the place of a pair: its question above, its two sides below. */
export const PairSkeleton = () => (
  <div className="flex flex-col gap-3">
    <Skeleton className="h-24 w-full" />
    <div className="grid gap-3 md:grid-cols-2">
      <Skeleton className="h-96" />
      <Skeleton className="h-96" />
    </div>
  </div>
);
