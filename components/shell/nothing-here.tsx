import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Empty } from '@/components/ui/states';

/** For what was removed and what is somebody else's: the two look the same. */
export const NothingHere = () => (
  <Empty
    title="Nothing here"
    action={
      <Button asChild>
        <Link href="/runs">Go to the runs</Link>
      </Button>
    }
  >
    It was removed, or it belongs to a project you are not a member of.
  </Empty>
);
