'use client';
import { useCallback, useEffect, useState } from 'react';

/** An on/off choice that this browser remembers. Off on the server and until the page is alive. */
export const useSwitch = (name: string): [on: boolean, toggle: () => void] => {
  const key = `veripo.switch.${name}`;
  const [on, setOn] = useState(false);
  useEffect(() => setOn(window.localStorage.getItem(key) === 'on'), [key]);
  const toggle = useCallback(() => {
    setOn((was) => {
      try {
        window.localStorage.setItem(key, was ? 'off' : 'on');
      } catch {
        // Storage is full or forbidden: the choice lasts as long as the page.
      }
      return !was;
    });
  }, [key]);
  return [on, toggle];
};
