import type { Tree } from './tree';

/**
 * For tests only: a tree as text, `(Head part part)`, `(a < b)`, lists in their brackets or `<a, b>` where they have
 * none, matrices in bars.
 */
export const written = (tree: Tree): string => {
  switch (tree.op) {
    case 'Number':
      return tree.written;
    case 'Symbol':
      return tree.name;
    case 'Words':
      return `"${tree.name}"`;
    case 'Chain':
      return `(${tree.args.flatMap((arg, at) => [tree.relations[at - 1] ?? [], written(arg)].flat()).join(' ')})`;
    case 'List':
      return `${tree.open || '<'}${tree.args.map(written).join(', ')}${tree.close || '>'}`;
    case 'Matrix':
      return `|${tree.rows.map((row) => row.map(written).join(' & ')).join(' / ')}|`;
    case 'Call':
      return `(${[tree.head, ...tree.args.map(written)].join(' ')})`;
  }
};
