/** A mathematical answer as a tree. Heads are MathJSON's where it has them, so that the algebra engine reads the tree. */

/** Relations as they stand between the members of a chain. */
export const relations = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Relation = (typeof relations)[number];

export type Tree =
  | { readonly op: 'Number'; readonly value: number; readonly written: string }
  | { readonly op: 'Symbol'; readonly name: string }
  /** Words: the content of `\text{…}`. */
  | { readonly op: 'Words'; readonly name: string }
  /** `1 < x <= 2`: members 1, x, 2 and relations between them. */
  | { readonly op: 'Chain'; readonly args: readonly Tree[]; readonly relations: readonly Relation[] }
  /** Anything in brackets with commas: a tuple, a list, a set or an interval. `Bare` has no brackets. */
  | { readonly op: 'List'; readonly open: Open; readonly close: Close; readonly args: readonly Tree[] }
  | { readonly op: 'Matrix'; readonly rows: readonly (readonly Tree[])[] }
  | { readonly op: 'Call'; readonly head: string; readonly args: readonly Tree[] };

export type Open = '(' | '[' | '{' | '';
export type Close = ')' | ']' | '}' | '';

export const call = (head: string, ...args: readonly Tree[]): Tree => ({ op: 'Call', head, args });
export const symbol = (name: string): Tree => ({ op: 'Symbol', name });
export const bare = (args: readonly Tree[]): Tree => ({ op: 'List', open: '', close: '', args });
export const numeral = (written: string, value = Number(written)): Tree => ({ op: 'Number', value, written });

/** The trees directly below. */
export const childrenOf = (tree: Tree): readonly Tree[] => {
  if (tree.op === 'Matrix') return tree.rows.flat();
  return 'args' in tree ? tree.args : [];
};

/** Whether any node of the tree meets a condition. */
export const someNode = (tree: Tree, test: (node: Tree) => boolean): boolean =>
  test(tree) || childrenOf(tree).some((child) => someNode(child, test));

/** Whether a node is a call of one of these heads. */
export const isCall = (tree: Tree, ...heads: readonly string[]): boolean =>
  tree.op === 'Call' && heads.includes(tree.head);

/** The tree with every node below and itself passed through `change`, children first. */
export const mapTree = (tree: Tree, change: (node: Tree) => Tree): Tree => {
  if (tree.op === 'Matrix')
    return change({ ...tree, rows: tree.rows.map((row) => row.map((cell) => mapTree(cell, change))) });
  return change('args' in tree ? { ...tree, args: tree.args.map((arg) => mapTree(arg, change)) } : tree);
};
