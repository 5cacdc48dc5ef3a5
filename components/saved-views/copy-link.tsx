'use client';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

/** The address of the screen holds all that it shows: who may see the project sees the same through it. */
export const CopyLink = () => {
  const [says, setSays] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setSays('Copied.');
    } catch {
      setSays('The browser does not let it be copied: take the address from its bar.');
    }
  };
  return (
    <div className="flex items-center gap-3">
      <Button onClick={() => void copy()}>
        <Link2 aria-hidden className="size-4" />
        Copy the link to this screen
      </Button>
      <span role="status" className="text-ink-2">
        {says}
      </span>
    </div>
  );
};
