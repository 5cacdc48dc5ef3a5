'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const PACE_MS = 3_000;

/** While runs are decided anew this page asks the server again; it is mounted only as long as they are. */
export const RefreshWhileOwed = () => {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), PACE_MS);
    return () => clearInterval(timer);
  }, [router]);
  return null;
};
