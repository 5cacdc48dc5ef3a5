/** A mark where it stands in its plot: what keyboard and pointer reach. */
import type { Place } from '@/lib/domain/charts/steer';
import type { Look, MarkWords } from './plot-types';

export type PlotMark = Place & {
  readonly words: MarkWords;
  readonly look: Look;
};

/** Pixels of the picture that the axes enclose. */
export type Frame = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

export const frameWidth = ({ left, right }: Frame): number => Math.max(1, right - left);
export const frameHeight = ({ top, bottom }: Frame): number => Math.max(1, bottom - top);
