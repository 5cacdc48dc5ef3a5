import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type ReportView, reportViewSchema } from '@/lib/domain/calibration/report-view';
import {
  type LabelItem,
  type LabelSend,
  labelItemSchema,
  type SampleDetail,
  type SampleSummary,
  sampleDetailSchema,
  sampleSummarySchema,
} from '@/lib/domain/calibration/sample';
import { fetchJson } from './fetch-json';
import { sendJson } from './send-json';

export const calibrationKeys = {
  all: ['calibration'] as const,
  samples: ['calibration', 'samples'] as const,
  sample: (id: string) => [...calibrationKeys.all, 'sample', id] as const,
  report: (id: string, onlyReading: boolean) => [...calibrationKeys.all, 'report', id, onlyReading] as const,
  // Not below `all`: a label of somebody else changes no item, and one's own brings the item along.
  item: (sampleId: string, position: number) => ['label-item', sampleId, position] as const,
};

export const samplesQuery = () =>
  queryOptions<SampleSummary[]>({
    queryKey: calibrationKeys.samples,
    queryFn: ({ signal }) => fetchJson('/api/calibration/samples', z.array(sampleSummarySchema), signal),
  });

export const sampleQuery = (id: string) =>
  queryOptions<SampleDetail>({
    queryKey: calibrationKeys.sample(id),
    queryFn: ({ signal }) => fetchJson(`/api/calibration/samples/${id}`, sampleDetailSchema, signal),
  });

/** With `onlyReading`, also the disagreements on items that the viewer could still label blind. */
export const reportQuery = (id: string, onlyReading: boolean) =>
  queryOptions<ReportView>({
    queryKey: calibrationKeys.report(id, onlyReading),
    queryFn: ({ signal }) =>
      fetchJson(`/api/calibration/samples/${id}/report${onlyReading ? '?reading=only' : ''}`, reportViewSchema, signal),
    // The same sample's figures stay while its other disagreements come.
    placeholderData: (previous, before) => (before?.queryKey.includes(id) ? previous : undefined),
  });

/** One item as the viewer may see it. Fresh for a minute: prefetched ones must not load again when shown. */
export const labelItemQuery = (sampleId: string, position: number) =>
  queryOptions<LabelItem>({
    queryKey: calibrationKeys.item(sampleId, position),
    queryFn: ({ signal }) =>
      fetchJson(`/api/calibration/samples/${sampleId}/items/${position}`, labelItemSchema, signal),
    staleTime: 60_000,
  });

/** Sends one act of labelling; the same id again is the same act. Throws `AppError` with the server's sentence. */
export const sendLabel = ({ sampleId, ...rest }: LabelSend): Promise<LabelItem> =>
  sendJson(`/api/calibration/samples/${sampleId}/labels`, rest, labelItemSchema);
