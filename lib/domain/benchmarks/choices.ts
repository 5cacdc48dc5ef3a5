/** What the panels of benchmarks are set to, as an address holds it. */
import { z } from 'zod';
import { type Kind, kindSchema } from '@/lib/domain/question';

export const groupings = ['set', 'stage'] as const;
export type Grouping = (typeof groupings)[number];

export type BenchmarkChoices = {
  /** What the bars of one group have in common. */
  readonly by: Grouping;
  /** Whether published figures stand beside. */
  readonly published: boolean;
  /** Questions of one kind, or of all. */
  readonly kind: Kind | null;
};

/** Reads the choices out of a query string; what is not on the list is the default. */
export const parseBenchmarkChoices = (params: URLSearchParams): BenchmarkChoices => ({
  by: z.enum(groupings).catch('set').parse(params.get('by')),
  published: params.get('published') !== '0',
  kind: kindSchema.nullable().catch(null).parse(params.get('kind')),
});

/** The query string with other choices; defaults are left out, and everything else in it stays. */
export const withBenchmarkChoices = (params: URLSearchParams, change: Partial<BenchmarkChoices>): URLSearchParams => {
  const next = new URLSearchParams(params);
  const { by, published, kind } = { ...parseBenchmarkChoices(params), ...change };
  const values = { by: by === 'set' ? null : by, published: published ? null : '0', kind };
  for (const [name, value] of Object.entries(values)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
};
