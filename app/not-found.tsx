import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Empty } from '@/components/ui/states';

export default function NotFound() {
  return (
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
}
