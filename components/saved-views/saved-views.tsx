'use client';
import { Bookmark } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { CopyLink } from './copy-link';
import { SaveForm } from './save-form';
import { ViewList } from './view-list';

/** Keeps what this screen shows under a name, gives its link away, and opens what was kept. */
export const SavedViews = () => {
  const [open, setOpen] = useState(false);
  const path = usePathname();
  const query = useSearchParams().toString();
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Bookmark aria-hidden className="size-4" />
        Views
      </Button>
      <Dialog title="Saved views" open={open} onOpenChange={setOpen}>
        <div className="flex flex-col gap-4">
          <SaveForm path={path} query={query} />
          <ViewList here={{ path, query }} onOpened={() => setOpen(false)} />
          <CopyLink />
        </div>
      </Dialog>
    </>
  );
};
