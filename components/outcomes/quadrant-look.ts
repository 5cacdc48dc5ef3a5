/** How the parts of accuracy × consistency look: right by wrong thinking alone has a colour that calls. */
import { meaningLook, plainLook } from '@/components/charts/look';
import type { StackPart } from '@/components/charts/plot-types';
import { type QuadrantPart, quadrantNames } from '@/lib/domain/outcomes/quadrant';

const looks: Readonly<Record<QuadrantPart, Omit<StackPart, 'key' | 'name'>>> = {
  rightConsistent: { look: meaningLook('accuracy') },
  rightInconsistent: { look: meaningLook('consistency') },
  wrongInconsistent: { look: meaningLook('consistency'), hatched: true },
  wrongConsistent: { look: plainLook },
  undetermined: { look: plainLook, hatched: true },
  malformed: { look: meaningLook('format'), hatched: true },
  noTruth: { look: meaningLook('length'), hatched: true },
  unread: { look: meaningLook('repetition'), hatched: true },
};

/** From left to right: both kinds of inconsistency lie side by side, so that they can be read as one. */
const order: readonly QuadrantPart[] = [
  'rightConsistent',
  'rightInconsistent',
  'wrongInconsistent',
  'wrongConsistent',
  'undetermined',
  'malformed',
  'noTruth',
  'unread',
];

/** The parts of a stack; of those that cannot stand in the table, only the ones that `has` any rollout. */
export const quadrantStack = (has: (part: QuadrantPart) => boolean): (StackPart & { readonly key: QuadrantPart })[] =>
  order.filter((key) => has(key)).map((key) => ({ key, name: quadrantNames[key], ...looks[key] }));
