import type { Route } from 'next';
import Link from 'next/link';
import { Badge } from '@/components/ui/mark';
import type { GroupPair } from '@/lib/domain/rollouts/detail';

const pairAddress = (id: string) => `/pairs?pair=${id}` as Route;

type PairBadgesProps = {
  rolloutId: string;
  pairs: readonly GroupPair[];
  /** Rollouts of the group in the order in which they are numbered from 1. */
  sampleIds: readonly string[];
};

/** The pairs that would teach from this sample, and on which side it stands against which other one. */
export const PairBadges = ({ rolloutId, pairs, sampleIds }: PairBadgesProps) => {
  const sides = pairs.flatMap((pair) => [
    ...(pair.chosenRolloutId === rolloutId
      ? [{ pair, side: 'chosen' as const, link: 'over', other: pair.rejectedRolloutId }]
      : []),
    ...(pair.rejectedRolloutId === rolloutId
      ? [{ pair, side: 'rejected' as const, link: 'for', other: pair.chosenRolloutId }]
      : []),
  ]);
  if (sides.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1">
      {sides.map(({ pair, side, link, other }) => (
        <li key={`${pair.id} ${side}`}>
          <Link href={pairAddress(pair.id)} title={pair.why} className="hover:underline">
            <Badge meaning={side}>
              {side} {link} {other === null ? 'a written text' : sampleIds.indexOf(other) + 1} · {pair.type}
              {pair.state === 'approved' && ' · approved'}
            </Badge>
          </Link>
        </li>
      ))}
    </ul>
  );
};
