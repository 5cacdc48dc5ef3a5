import type { Route } from 'next';
import Link from 'next/link';
import { Badge } from '@/components/ui/mark';
import type { GroupPair } from '@/lib/domain/rollout-detail';

const pairAddress = (id: string) => `/pairs?pair=${id}` as Route;

/** The pairs that would teach from this sample, and on which side it stands in each. */
export const PairBadges = ({ rolloutId, pairs }: { rolloutId: string; pairs: readonly GroupPair[] }) => {
  const sides = pairs.flatMap((pair) => [
    ...(pair.chosenRolloutId === rolloutId ? [{ pair, side: 'chosen' as const }] : []),
    ...(pair.rejectedRolloutId === rolloutId ? [{ pair, side: 'rejected' as const }] : []),
  ]);
  if (sides.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1">
      {sides.map(({ pair, side }) => (
        <li key={`${pair.id} ${side}`}>
          <Link href={pairAddress(pair.id)} title={pair.why} className="hover:underline">
            <Badge meaning={side}>
              {side} · {pair.type}
              {pair.state === 'approved' && ' · approved'}
            </Badge>
          </Link>
        </li>
      ))}
    </ul>
  );
};
