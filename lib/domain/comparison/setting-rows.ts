/** What slices were made with, setting by setting, side by side. */
import { z } from 'zod';
import type { Plan } from '@/lib/domain/loop/plan';
import { gateText, planParts } from '@/lib/domain/loop/plan-summary';
import { formatCount } from '@/lib/domain/text/counted';
import type { SettingRow } from './schema';

/** What stands behind one slice; null where nobody knows, as of imported rollouts. */
export type Making = {
  readonly baseCheckpoint: string | null;
  readonly verifier: string;
  readonly sampler: unknown;
  readonly recipe: unknown;
  /** Of the rollouts of the slice. */
  readonly questionSets: readonly string[];
  readonly startWeights: string | null;
  readonly trainer: string | null;
  readonly device: string | null;
  readonly pairSet: { readonly number: number; readonly pairs: number } | null;
  readonly plan: Plan | null;
};

type Line = { readonly key: string; readonly group: string; readonly label: string; readonly value: string | null };

const partNames = { explore: 'GRPO', sample: 'Sampling', align: 'DPO', evaluate: 'Evaluation' } as const;

/** Longer values (system prompts, bridges) are cut: they are read on the iteration's own page. */
const MOST_CHARS = 300;
const cut = (text: string): string =>
  text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS).toWellFormed()}…` : text;

/** Deeper or more than this is no setting that a person chose. */
const MOST_LINES = 60;

const leaf = z.union([z.string(), z.number(), z.boolean()]);
const branch = z.record(z.string(), z.unknown());

/** JSON as lines, one for each scalar: `frames.fps` → `2`. */
const flatten = (value: unknown, path: readonly string[] = []): { path: string; value: string }[] => {
  const scalar = leaf.safeParse(value);
  if (scalar.success) return [{ path: path.join('.'), value: String(scalar.data) }];
  const list = z.array(leaf).safeParse(value);
  if (list.success) return [{ path: path.join('.'), value: list.data.join(', ') }];
  const inner = branch.safeParse(value);
  if (!inner.success || path.length > 4) return [];
  return Object.entries(inner.data)
    .slice(0, MOST_LINES)
    .flatMap(([name, child]) => flatten(child, [...path, name]));
};

const flatLines = (group: string, key: string, value: unknown): Line[] =>
  flatten(value)
    .slice(0, MOST_LINES)
    .map((line) => ({ key: `${key}.${line.path}`, group, label: line.path || group, value: line.value }));

const planLines = (plan: Plan, setNames: ReadonlyMap<string, string>): Line[] => {
  const own = (key: string, label: string, value: string | null): Line => ({ key, group: 'Plan', label, value });
  return [
    own(
      'stages',
      'Stages',
      planParts(plan)
        .map(({ stage }) => partNames[stage])
        .join(', '),
    ),
    own('seed', 'Seed', String(plan.seed)),
    own('engine', 'Engine', plan.engine),
    own('askedDevice', 'Device asked for', plan.device ?? 'the first free one'),
    own('instruction', 'Instruction', plan.instruction ?? 'of the kind'),
    own('gate', 'Who decides pairs', plan.curate && gateText(plan.curate.gate)),
    own('discard', 'Curriculum leaves out', plan.curriculum && `${Math.round(plan.curriculum.discard * 100)} %`),
    ...flatLines('Pairs', 'pairs', plan.curate?.pairs ?? null),
    ...planParts(plan).flatMap(({ stage, questionSets, mostQuestions, chosen, asUsual }) => {
      const group = partNames[stage];
      const names = questionSets.map((id) => setNames.get(id) ?? 'a removed set').join(', ');
      const lines = [...chosen, ...asUsual].map(({ path, label, value }) => ({ key: path, group, label, value }));
      return [
        ...(stage === 'align' ? [] : [{ key: `${stage}.sets`, group, label: 'Question sets', value: names }]),
        ...(stage === 'align'
          ? []
          : [
              {
                key: `${stage}.most`,
                group,
                label: 'Questions at most',
                value: mostQuestions === null ? 'all' : formatCount(mostQuestions),
              },
            ]),
        // In the order of the form, whichever of them are as usual here.
        ...lines.toSorted((a, b) => a.key.localeCompare(b.key)),
      ];
    }),
  ];
};

const linesOf = (making: Making, setNames: ReadonlyMap<string, string>): Line[] => {
  const own = (group: string, key: string, label: string, value: string | null): Line => ({ key, group, label, value });
  const { pairSet, plan } = making;
  return [
    own('Run', 'base', 'Base checkpoint', making.baseCheckpoint),
    own('Run', 'verifier', 'Verifier version', making.verifier),
    ...flatLines('Frame sampler', 'sampler', making.sampler),
    ...flatLines('Recipe', 'recipe', making.recipe),
    own('Iteration', 'start', 'Start weights', making.startWeights),
    own('Iteration', 'trainer', 'Trainer', making.trainer),
    own('Iteration', 'device', 'Device', making.device),
    own('Iteration', 'pairSet', 'Pair set', pairSet && `set ${pairSet.number}`),
    own('Iteration', 'pairs', 'Pairs in it', pairSet && formatCount(pairSet.pairs)),
    own('Rollouts', 'sets', 'Question sets', making.questionSets.join(', ') || null),
    ...(plan ? planLines(plan, setNames) : []),
  ];
};

/** Settings of a stage say nothing of an iteration without that stage: its missing ones are no difference. */
const ofStage: ReadonlySet<string> = new Set([...Object.values(partNames), 'Pairs']);

/** Every setting that any of the slices has, in order, a value for each; null where that slice has none. */
export const settingRows = (makings: readonly Making[], setNames: ReadonlyMap<string, string>): SettingRow[] => {
  const sides = makings.map((making) => linesOf(making, setNames));
  const known = new Map(sides.flat().map((line) => [line.key, line] as const));
  const bySide = sides.map((lines) => new Map(lines.map(({ key, value }) => [key, value] as const)));
  const groups = [...new Set([...known.values()].map(({ group }) => group))];
  return [...known.values()]
    .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group))
    .map(({ key, group, label }) => {
      const values = bySide.map((lines) => lines.get(key) ?? null);
      return {
        key,
        group,
        label,
        // Compared whole, shown cut.
        differs: new Set(ofStage.has(group) ? values.filter((value) => value !== null) : values).size > 1,
        values: values.map((value) => (value === null ? null : cut(value))),
      };
    })
    .filter(({ values }) => values.some((value) => value !== null));
};
