'use client';
/**
 * Keys of a screen: each screen declares its table once, which both acts and fills the `?` help. No key acts while
 * somebody types, holds Ctrl/Alt/Meta, or has a dialog open.
 */
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Key } from '@/components/ui/key';

/** `keys` as the browser names them (`j`, `Escape`); `Shift+1` is the digit with Shift, whatever that types. */
export type KeyBinding = {
  readonly keys: readonly string[];
  readonly says: string;
  readonly run: (key: string) => void;
};

const RegisterContext = createContext<(bindings: readonly KeyBinding[]) => () => void>(() => () => undefined);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** What a press may be called: with Shift a digit types another sign on every layout, and is known by its place. */
const namesOf = ({ key, code, shiftKey }: KeyboardEvent): readonly string[] =>
  shiftKey && /^Digit\d$/.test(code) ? [`Shift+${code.slice(-1)}`, key] : [key];

export const KeysProvider = ({ children }: { children: ReactNode }) => {
  const [tables, setTables] = useState<readonly (readonly KeyBinding[])[]>([]);
  const [helpOpen, setHelpOpen] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]')) return;
      if (event.key === '?') {
        setHelpOpen(true);
        return;
      }
      // The screen mounted last wins.
      const bindings = tables.toReversed().flat();
      for (const name of namesOf(event)) {
        const binding = bindings.find(({ keys }) => keys.includes(name));
        if (!binding) continue;
        event.preventDefault();
        binding.run(name);
        return;
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [tables]);

  const register = useMemo(
    () => (bindings: readonly KeyBinding[]) => {
      setTables((all) => [...all, bindings]);
      return () => setTables((all) => all.filter((table) => table !== bindings));
    },
    [],
  );

  return (
    <RegisterContext value={register}>
      {children}
      <Dialog title="Keys of this screen" open={helpOpen} onOpenChange={setHelpOpen}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
          {tables.flat().map(({ keys, says }) => (
            <div key={says} className="contents">
              <dt className="flex max-w-64 flex-wrap gap-1">
                {keys.map((key) => (
                  <Key key={key}>{key}</Key>
                ))}
              </dt>
              <dd>{says}</dd>
            </div>
          ))}
          <dt>
            <Key>?</Key>
          </dt>
          <dd>Show this help</dd>
        </dl>
      </Dialog>
    </RegisterContext>
  );
};

/** Declares the keys of a screen. Memoise the table: a new array registers anew. */
export const useKeys = (bindings: readonly KeyBinding[]): void => {
  const register = use(RegisterContext);
  useEffect(() => register(bindings), [register, bindings]);
};
