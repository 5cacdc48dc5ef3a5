/** What a report is called. */
import { nameAmong } from '@/lib/domain/comparison/pairing-text';
import { type Slice, sliceName } from '@/lib/domain/slices/slice';

type Named = Slice & { readonly runName: string };

/** The one run of the slices, or null when there are several. */
export const onlyRun = (slices: readonly Named[]): string | null => {
  const [first, ...rest] = slices;
  return first && rest.every(({ runId }) => runId === first.runId) ? first.runName : null;
};

/** `Eval 1, Eval 2 against Eval 0`; with their runs where there are several. */
export const reportTitle = (slices: readonly Named[]): string => {
  const [base, ...others] = slices.map((slice) => nameAmong(slice, slices));
  return `${others.join(', ')} against ${base ?? 'nothing'}`;
};

/** Of the file, before characters are made safe for file systems: `moving-shapes Eval 0 vs Eval 2`. */
export const reportFileName = (slices: readonly Named[]): string => {
  const run = onlyRun(slices);
  const each = slices.map((slice) => (run === null ? `${slice.runName} ${sliceName(slice)}` : sliceName(slice)));
  return [run, each.join(' vs ')].filter((part) => part !== null).join(' ');
};
