'use client';
import { type RefObject, useEffect, useRef } from 'react';

/** A diff opens at its head; closed, the page stands again where its left chain is, with the focus on it. */
export const useKeptPlace = (root: RefObject<HTMLElement | null>, open: boolean, chainId: string | null): void => {
  const before = useRef(open);
  useEffect(() => {
    if (before.current === open) return;
    before.current = open;
    if (open) root.current?.scrollIntoView({ block: 'start' });
    else root.current?.querySelector<HTMLElement>(`[data-chain-id="${chainId}"] [data-chain]`)?.focus();
  }, [root, open, chainId]);
};
