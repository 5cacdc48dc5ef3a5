/** The thresholds screen's state in its address, so that a what-if can be shared: only what differs from the version. */
import { z } from 'zod';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import { type Asked, askedSchema } from './asked';
import { type Moved, movedSchema, thresholdNames } from './thresholds';

export type ThresholdsAddress = { readonly asked: Partial<Asked>; readonly moved: Moved };

const partSchema = askedSchema.partial();
const numberSchema = z.coerce.number();

/** What the address says; parts that mean nothing are left out. */
export const parseThresholdsAddress = (params: URLSearchParams): ThresholdsAddress => {
  const asked: Partial<Asked> = {};
  for (const name of ['run', 'iteration', 'from'] as const) {
    const value = partSchema.shape[name].safeParse(params.get(name) ?? undefined).data;
    if (value !== undefined) asked[name] = value;
  }
  const moved: Moved = {};
  for (const name of thresholdNames) {
    const raw = params.get(name);
    const value = raw === null || raw.trim() === '' ? undefined : numberSchema.safeParse(raw).data;
    if (value !== undefined) moved[name] = value;
  }
  return { asked, moved };
};

/** The thresholds that differ from `base`. */
export const differingFrom = (base: VerifierSettings, moved: Moved): Moved =>
  movedSchema.parse(
    Object.fromEntries(thresholdNames.filter((name) => moved[name] !== base[name]).map((name) => [name, moved[name]])),
  );

/** The other way: without what is undefined, in a fixed order. */
export const formatThresholdsAddress = (asked: Partial<Asked>, moved: Moved): URLSearchParams => {
  const params = new URLSearchParams();
  for (const name of ['run', 'iteration', 'from'] as const) if (asked[name]) params.set(name, asked[name]);
  for (const name of thresholdNames) if (moved[name] !== undefined) params.set(name, String(moved[name]));
  return params;
};
