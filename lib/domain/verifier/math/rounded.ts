/** A written decimal against an exact value, by the rule of precision: `0.333333` and `1/3`, `1.41421356` and `\sqrt{2}`. */
import { exactReading, realValue } from './constant';
import { sameQuantity } from './number';
import { type NumberReading, readNumber } from './number-text';
import type { Tree } from './tree';

/** Whether one side is a plain decimal and the other a constant that it stands for. Whole numbers are exact. */
export const sameRounded = (answer: Tree, truth: Tree): boolean => {
  const [found, wanted] = [decimal(answer), decimal(truth)];
  if (!found && !wanted) return false;
  const [left, right] = [found ?? exact(answer), wanted ?? exact(truth)];
  return left !== undefined && right !== undefined && sameQuantity(left, right, 'exact');
};

const decimal = (tree: Tree): NumberReading | undefined => {
  if (tree.op === 'Number') return tree.written.includes('.') ? readNumber(tree.written) : undefined;
  const inner = tree.op === 'Call' && tree.head === 'Negate' && tree.args[0] ? decimal(tree.args[0]) : undefined;
  return inner && { ...inner, value: -inner.value };
};

const exact = (tree: Tree): NumberReading | undefined => {
  const value = realValue(tree);
  return value === undefined ? undefined : exactReading(value);
};
