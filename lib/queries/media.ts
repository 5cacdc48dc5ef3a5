/** Client reads of videos. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { fetchJson } from './fetch-json';

const timestampsSchema = z.object({ seconds: z.array(z.number()) });

export const mediaKeys = {
  all: ['media'] as const,
  timestamps: (mediaId: string) => [...mediaKeys.all, mediaId, 'timestamps'] as const,
};

/** Where the file of a video is, for a player. */
export const mediaUrl = (mediaId: string): string => `/api/media/${mediaId}`;

/** One frame as JPEG, extracted by the studio. */
export const frameUrl = (mediaId: string, index: number, width: 160 | 320 | 640): string =>
  `/api/media/${mediaId}/frames/${index}?width=${width}`;

/** When each frame is shown on the player's clock, in seconds. A file's frames do not move while a page is open. */
export const timestampsQuery = (mediaId: string) =>
  queryOptions({
    queryKey: mediaKeys.timestamps(mediaId),
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/media/${mediaId}/timestamps`, timestampsSchema, signal)).seconds,
    staleTime: Number.POSITIVE_INFINITY,
  });
