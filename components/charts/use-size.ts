'use client';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Size } from './line-layout';

/** The room of an element in whole pixels; null until it has been measured. */
export const useSize = (): [RefObject<HTMLDivElement | null>, Size | null] => {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const read = () => {
      const next = { width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight) };
      setSize((now) => (now?.width === next.width && now.height === next.height ? now : next));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
};
