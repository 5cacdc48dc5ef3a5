'use client';
import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

type DialogProps = { title: string; open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/** A modal that traps focus, closes on Escape and names itself. */
export const Dialog = ({ title, open, onOpenChange, children }: DialogProps) => (
  <Primitive.Root open={open} onOpenChange={onOpenChange}>
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-black/50" />
      <Primitive.Content
        aria-describedby={undefined}
        className="fixed top-1/2 left-1/2 z-50 flex max-h-[90vh] w-[min(92vw,44rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-lg border border-line bg-surface shadow-xl"
      >
        <header className="flex items-center justify-between border-line border-b px-4 py-2">
          <Primitive.Title className="font-semibold">{title}</Primitive.Title>
          <Primitive.Close aria-label="Close" className="rounded p-1 text-ink-2 hover:bg-sunken">
            <X aria-hidden className="size-4" />
          </Primitive.Close>
        </header>
        <div className="overflow-auto p-4">{children}</div>
      </Primitive.Content>
    </Primitive.Portal>
  </Primitive.Root>
);
