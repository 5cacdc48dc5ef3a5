/** From labelled items to everything the calibration screen says of a sample. Pure. */
import type { Kind } from '@/lib/domain/question';
import { cohensKappa, type Kappa } from '@/lib/domain/stats/kappa';
import { type Proportion, proportion } from '@/lib/domain/stats/proportion';
import type { Case } from './case';
import { type LabelCheck, type LabelInForce, positiveValue, settleLabels } from './label';
import { type PopulationFigures, populationFigures } from './population-figures';
import { type SampleFigures, sampleFigures } from './sample-figures';

/** Whoever says something that people's labels can be held against. */
export type Source = {
  /** `verifier` for what the run's version decides, `rules` for its rules alone, else a judge's id. */
  readonly key: string;
  readonly name: string;
  readonly check: LabelCheck;
  /** Of a judge that only reports; null for what is no judge. */
  readonly heldOut: boolean | null;
};

export type ReportItem = {
  readonly rolloutId: string;
  readonly kind: Kind;
  readonly stratum: string;
  readonly stratumTotal: number;
  /** By source key: whether it says positive, null where it could not tell; absent where it was not asked. */
  readonly said: Readonly<Record<LabelCheck, Readonly<Record<string, boolean | null>>>>;
};

export type Figures = { readonly sample: SampleFigures; readonly run: PopulationFigures };

type SourceFigures = {
  readonly source: Source;
  readonly all: Figures;
  /** Only where there is more than one kind. */
  readonly kinds: readonly (Figures & { readonly kind: Kind })[];
};

type CheckProgress = {
  readonly check: LabelCheck;
  readonly items: number;
  /** Items on which people settled for one or the other: what every figure is counted from. */
  readonly settled: number;
  /** Items on which nobody was sure, or as many said one as the other. */
  readonly unsure: number;
  readonly split: number;
  /** Labels that a person changed after the verdict had been shown. */
  readonly changed: number;
  /** Rollouts of strata of which no item is labelled: the figures of the run say nothing of them. */
  readonly unreached: number;
  readonly population: number;
};

/** How two people agree on the items that both labelled and were sure of. */
type PeopleAgreement = {
  readonly check: LabelCheck;
  readonly people: readonly [string, string];
  readonly agreement: Proportion;
  readonly kappa: Kappa;
};

/** One item on which a source and people do not say the same. */
export type Disagreement = {
  readonly rolloutId: string;
  readonly check: LabelCheck;
  /** What people say: whether it is positive. */
  readonly label: boolean;
  /** Keys of the sources that say otherwise. */
  readonly against: readonly string[];
  /** The verifier could not tell, and it is positive. */
  readonly missed: boolean;
};

export type Report = {
  readonly checks: readonly CheckProgress[];
  readonly figures: readonly SourceFigures[];
  readonly people: readonly PeopleAgreement[];
  readonly disagreements: readonly Disagreement[];
};

/** `label` null: people labelled it and could not tell. */
type Labelled = { readonly item: ReportItem; readonly label: boolean | null; readonly weight: number };

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** The strata of these items and how many rollouts each has. */
const strataOf = (items: readonly ReportItem[]): Map<string, number> =>
  new Map(items.map(({ stratum, stratumTotal }) => [stratum, stratumTotal]));

const settleCheck = (check: LabelCheck, items: readonly ReportItem[], labels: readonly LabelInForce[]) => {
  const own = labels.filter((label) => label.check === check);
  const byRollout = Map.groupBy(own, ({ rolloutId }) => rolloutId);
  const said = items.flatMap((item) => {
    const given = byRollout.get(item.rolloutId);
    return given
      ? {
          item,
          label: settleLabels(
            check,
            given.map(({ value }) => value),
          ),
        }
      : [];
  });
  const members = Map.groupBy(said, ({ item }) => item.stratum);
  const labelled = said.map(
    ({ item, label }): Labelled => ({
      item,
      label: typeof label === 'boolean' ? label : null,
      weight: item.stratumTotal / (members.get(item.stratum)?.length ?? 1),
    }),
  );
  const strata = strataOf(items);
  const progress: CheckProgress = {
    check,
    items: items.length,
    settled: labelled.filter(({ label }) => label !== null).length,
    unsure: said.filter(({ label }) => label === 'open').length,
    split: said.filter(({ label }) => label === 'split').length,
    changed: own.filter(({ changed }) => changed).length,
    unreached: sum([...strata].flatMap(([name, total]) => (members.has(name) ? [] : total))),
    population: sum(strata.values()),
  };
  return { progress, labelled };
};

const figuresOf = (labelled: readonly Labelled[], { key, check }: Source, seed: number): Figures => {
  const cases = labelled.flatMap(({ item, label, weight }): Case[] => {
    const said = item.said[check][key];
    return said === undefined ? [] : [{ label, said, weight }];
  });
  return { sample: sampleFigures(cases), run: populationFigures(cases, seed) };
};

const sourceFigures = (labelled: readonly Labelled[], source: Source, seed: number): SourceFigures => {
  const byKind = Map.groupBy(labelled, ({ item }) => item.kind);
  const kinds = byKind.size > 1 ? [...byKind].map(([kind, own]) => ({ kind, ...figuresOf(own, source, seed) })) : [];
  return { source, all: figuresOf(labelled, source, seed), kinds };
};

const agreementsOf = (check: LabelCheck, labels: readonly LabelInForce[]): PeopleAgreement[] => {
  const sure = labels.filter((label) => label.check === check && label.value !== 'unsure' && label.person !== null);
  const byPerson = [...Map.groupBy(sure, ({ person }) => person ?? '')].map(([person, own]) => ({
    person,
    said: new Map(own.map(({ rolloutId, value }) => [rolloutId, value === positiveValue[check]])),
  }));
  return byPerson.flatMap((first, at) =>
    byPerson.slice(at + 1).flatMap((second) => {
      const counts = { yesYes: 0, yesNo: 0, noYes: 0, noNo: 0 };
      for (const [rolloutId, mine] of first.said) {
        const theirs = second.said.get(rolloutId);
        if (theirs !== undefined) counts[`${mine ? 'yes' : 'no'}${theirs ? 'Yes' : 'No'}`] += 1;
      }
      const { yesYes, yesNo, noYes, noNo } = counts;
      const total = yesYes + yesNo + noYes + noNo;
      if (total === 0) return [];
      const kappa = cohensKappa([
        [yesYes, yesNo],
        [noYes, noNo],
      ]);
      const people: [string, string] = [first.person, second.person];
      return [{ check, people, agreement: proportion(yesYes + noNo, total), kappa }];
    }),
  );
};

const disagreementsOf = (
  check: LabelCheck,
  labelled: readonly Labelled[],
  sources: readonly Source[],
): Disagreement[] =>
  labelled.flatMap(({ item: { rolloutId, said }, label }): Disagreement | [] => {
    if (label === null) return [];
    const of = said[check];
    const against = sources
      .filter((source) => source.check === check && typeof of[source.key] === 'boolean' && of[source.key] !== label)
      .map(({ key }) => key);
    const missed = label && of.verifier === null;
    return against.length > 0 || missed ? { rolloutId, check, label, against, missed } : [];
  });

/**
 * Everything that labels say of these items. Items of checks that nobody settled are in no figure; `seed` is the
 * sample's, so that a report read twice is the same.
 */
export const calibrationReport = (
  items: readonly ReportItem[],
  labels: readonly LabelInForce[],
  checks: readonly LabelCheck[],
  sources: readonly Source[],
  seed: number,
): Report => {
  const perCheck = checks.map((check) => ({ check, ...settleCheck(check, items, labels) }));
  return {
    checks: perCheck.map(({ progress }) => progress),
    figures: perCheck.flatMap(({ check, labelled }) =>
      sources.filter((source) => source.check === check).map((source) => sourceFigures(labelled, source, seed)),
    ),
    people: checks.flatMap((check) => agreementsOf(check, labels)),
    disagreements: perCheck.flatMap(({ check, labelled }) => disagreementsOf(check, labelled, sources)),
  };
};
