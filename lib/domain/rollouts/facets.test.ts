import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf, deriveFacets, type FacetCell, facetCubeSchema, packFacetCube } from './facets';
import {
  emptyFilter,
  type FacetName,
  facetNames,
  facetValues,
  forEachFacet,
  type RolloutFilter,
  withFacet,
} from './filter';

const valuesOf = (name: FacetName): readonly string[] =>
  facetValues[name] ?? (name === 'iteration' ? ['0', '1', '10', '2'] : ['set-a', 'set-b']);

type Row = Readonly<Record<FacetName, string>>;
const arbitraryRow: fc.Arbitrary<Row> = fc
  .record(Object.fromEntries(facetNames.map((name) => [name, fc.constantFrom(...valuesOf(name))])))
  .map((row) => forEachFacet((name) => row[name] ?? ''));
const arbitraryFilter: fc.Arbitrary<RolloutFilter> = fc
  .record(
    Object.fromEntries(
      facetNames.map((name) => [
        name,
        fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray([...valuesOf(name)])),
      ]),
    ),
  )
  .map((facets) => ({ ...emptyFilter, facets: forEachFacet((name) => facets[name] ?? []) }));

const cellsOf = (rows: readonly Row[]): FacetCell[] =>
  Object.values(Object.groupBy(rows, (row) => JSON.stringify(row))).flatMap((same) =>
    same?.[0] ? [{ values: same[0], count: same.length }] : [],
  );

const passes = (row: Row, filter: RolloutFilter, except: FacetName | null): boolean =>
  facetNames.every(
    (name) => name === except || filter.facets[name].length === 0 || filter.facets[name].includes(row[name]),
  );

test('counts are what counting every row one by one gives', () => {
  fc.assert(
    fc.property(fc.array(arbitraryRow, { maxLength: 60 }), arbitraryFilter, (rows, filter) => {
      const cube = facetCubeSchema.parse(packFacetCube(cellsOf(rows)));
      const facets = deriveFacets(cube, filter);
      expect(facets.total).toBe(rows.filter((row) => passes(row, filter, null)).length);
      for (const name of facetNames) {
        const within = rows.filter((row) => passes(row, filter, name));
        for (const value of valuesOf(name)) {
          expect(countOf(facets, name, value)).toBe(within.filter((row) => row[name] === value).length);
        }
      }
    }),
  );
});

const row = (values: Partial<Row>): Row => ({ ...forEachFacet((name) => valuesOf(name)[0] ?? ''), ...values });

test('iterations are in the order of their numbers', () => {
  const cube = packFacetCube(cellsOf(['10', '2', '1'].map((iteration) => row({ iteration }))));
  expect(deriveFacets(cube, emptyFilter).options.iteration.map(({ value }) => value)).toEqual(['1', '2', '10']);
});

test('a chosen value without rollouts stays, so that it can be taken back', () => {
  const cube = packFacetCube(cellsOf([row({ kind: 'choice' })]));
  const facets = deriveFacets(cube, withFacet(emptyFilter, 'kind', ['math']));
  expect(facets.total).toBe(0);
  expect(facets.options.kind).toEqual([
    { value: 'choice', count: 1 },
    { value: 'math', count: 0 },
  ]);
});
