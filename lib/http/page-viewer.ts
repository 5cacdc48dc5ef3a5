import 'server-only';
/** What pages do where routes answer with a status: go to the door, or show that nothing is there. */
import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import { findViewer } from '@/lib/data/access/session';
import type { Viewer } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';

/** The signed-in person; anyone else is sent to the sign-in page. Layouts and pages render side by side, so both ask. */
export const requirePageViewer = async (): Promise<Viewer> => (await findViewer()) ?? redirect('/sign-in');

/** An id out of the address; one that no row can have shows "nothing here" before the database is asked. */
export const pageId = (raw: string): string => {
  const parsed = z.uuid().safeParse(raw);
  return parsed.success ? parsed.data : notFound();
};

/** The data of a page; `not_found` (absent or foreign alike) shows "nothing here". */
export const orNotFound = <T>(data: Promise<T>): Promise<T> =>
  data.catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
