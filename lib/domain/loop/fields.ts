/**
 * The fields of a launch form: every value of a plan by its path (`explore.settings.learningRate`), with its name, its
 * meaning, and the bounds that the plan's own schema sets. No bound is written down twice.
 */
import { z } from 'zod';
import { askingDocs, dpoDocs, evaluationDocs, type FieldDoc, frameDocs, planDocs, settingDocs } from './field-docs';
import { planSchema } from './plan';

/** Stages with settings of a job. */
export const jobStagesOfPlan = ['explore', 'sample', 'align', 'evaluate'] as const;
export type JobStageOfPlan = (typeof jobStagesOfPlan)[number];

export type Control =
  | {
      readonly kind: 'number';
      readonly whole: boolean;
      readonly min: number | null;
      readonly max: number | null;
      /** The bound itself is not allowed. */
      readonly above: boolean;
      readonly below: boolean;
      readonly mayBeEmpty: boolean;
    }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'text'; readonly least: number; readonly most: number | null; readonly mayBeEmpty: boolean }
  /** The schema allows one value only. */
  | { readonly kind: 'fixed' };

export type Value = string | number | boolean | null;

export type Field = FieldDoc & {
  readonly path: string;
  readonly control: Control;
  /** The schema's own default; null also where it has none. */
  readonly fallback: Value;
};

/** The part of JSON Schema that zod writes for a plan. */
type Node = {
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly string[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly exclusiveMaximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly anyOf?: readonly Node[] | undefined;
  readonly oneOf?: readonly Node[] | undefined;
};
const nodeSchema: z.ZodType<Node> = z.object({
  type: z.string().optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  get properties() {
    return z.record(z.string(), nodeSchema).optional();
  },
  get anyOf() {
    return z.array(nodeSchema).optional();
  },
  get oneOf() {
    return z.array(nodeSchema).optional();
  },
});

const nodeOf = (schema: z.ZodType): Node => nodeSchema.parse(z.toJSONSchema(schema, { io: 'input' }));
const root = nodeOf(planSchema);

/** The alternatives of a node: itself, or what lies under `anyOf` and `oneOf`. */
const alternatives = (node: Node): readonly Node[] => {
  const inner = node.anyOf ?? node.oneOf;
  return inner ? inner.flatMap(alternatives) : [node];
};

/** Throws when the plan has no such value: a table of fields would be wrong. */
const nodeAt = (path: string): Node => {
  let node = root;
  for (const name of path.split('.')) {
    const inner = alternatives(node).flatMap(({ properties }) => properties?.[name] ?? []);
    const [found] = inner;
    if (!found) throw new Error(`a plan has no ${path}`);
    node = found;
  }
  return node;
};

/** The ends of the safe integers are zod's for every whole number, and nobody's bounds. */
const bound = (value: number | undefined): number | null =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;

const controlOf = (node: Node): Control => {
  const kinds = alternatives(node);
  const mayBeEmpty = kinds.some(({ type }) => type === 'null');
  const [main] = kinds.filter(({ type }) => type !== 'null');
  if (main === undefined || main.const !== undefined) return { kind: 'fixed' };
  if (main.enum) return { kind: 'choice', values: main.enum };
  if (main.type === 'boolean') return { kind: 'switch' };
  if (main.type === 'string')
    return { kind: 'text', least: main.minLength ?? 0, most: main.maxLength ?? null, mayBeEmpty };
  return {
    kind: 'number',
    whole: main.type === 'integer',
    min: bound(main.minimum ?? main.exclusiveMinimum),
    max: bound(main.maximum ?? main.exclusiveMaximum),
    above: main.minimum === undefined && main.exclusiveMinimum !== undefined,
    below: main.maximum === undefined && main.exclusiveMaximum !== undefined,
    mayBeEmpty,
  };
};

/** The control of one value of its own, by its schema. */
export const controlOfSchema = (schema: z.ZodType): Control => controlOf(nodeOf(schema));

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const fieldAt = (path: string, doc: FieldDoc): Field => {
  const node = nodeAt(path);
  return { ...doc, path, control: controlOf(node), fallback: valueSchema.catch(null).parse(node.default) };
};

/** Names of settings of a stage, `frames` apart, as the schema has them. */
const settingNames = (path: string): readonly string[] =>
  alternatives(nodeAt(path)).flatMap(({ properties }) => Object.keys(properties ?? {}));

const docOf = (docs: Readonly<Record<string, FieldDoc | undefined>>, name: string, path: string): FieldDoc => {
  const doc = docs[name];
  if (!doc) throw new Error(`${path} has no label`);
  return doc;
};

/** Where a stage uses a name in its own sense. */
const ownDocs: Readonly<Record<JobStageOfPlan, Readonly<Record<string, FieldDoc>>>> = {
  explore: {},
  sample: askingDocs,
  align: dpoDocs,
  evaluate: evaluationDocs,
};

/** Fields of the settings of a stage, frames last. */
const settingFields = (stage: JobStageOfPlan): readonly Field[] => {
  const path = `${stage}.settings`;
  const docs: Readonly<Record<string, FieldDoc | undefined>> = { ...settingDocs, ...ownDocs[stage] };
  const own = settingNames(path).filter((name) => name !== 'frames');
  // In the order of the table of names, which puts what is changed often first.
  const inOrder = Object.keys(settingDocs).filter((name) => own.includes(name));
  const unnamed = own.filter((name) => !inOrder.includes(name));
  return [
    ...[...inOrder, ...unnamed].map((name) => fieldAt(`${path}.${name}`, docOf(docs, name, path))),
    ...settingNames(`${path}.frames`).map((name) =>
      fieldAt(`${path}.frames.${name}`, docOf(frameDocs, name, `${path}.frames`)),
    ),
  ];
};

const planFields: readonly Field[] = Object.entries(planDocs).map(([path, doc]) => fieldAt(path, doc));

/** What pairs are made of an iteration's rollouts. */
export const pairFields: readonly Field[] = planFields.filter(({ path }) => path.startsWith('curate.pairs.'));

/** By stage: the fields of its job's settings. */
export const stageFields: Readonly<Record<JobStageOfPlan, readonly Field[]>> = {
  explore: settingFields('explore'),
  sample: settingFields('sample'),
  align: settingFields('align'),
  evaluate: settingFields('evaluate'),
};

/** Every field by its path. */
export const fieldsByPath: ReadonlyMap<string, Field> = new Map(
  [...planFields, ...jobStagesOfPlan.flatMap((stage) => stageFields[stage])].map((field) => [field.path, field]),
);

const isValue = (value: unknown): value is Value =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** The value at a field's path in a plan, or in a part of one; undefined where it says nothing there. */
export const valueIn = (source: unknown, path: string): Value | undefined => {
  const found = path
    .split('.')
    .reduce<unknown>(
      (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
      source,
    );
  return isValue(found) ? found : undefined;
};
