import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actsInForce, checkAct, foldPair, type PairAct, pairActSchema } from './life';

const idA = '00000000-0000-4000-8000-00000000000a';
const idB = '00000000-0000-4000-8000-00000000000b';
const idC = '00000000-0000-4000-8000-00000000000c';
const proposal = { chosen: { rolloutId: idA, text: 'good' }, rejected: { rolloutId: idB, text: 'bad' } };
const sideC = { rolloutId: idC, text: 'other' };

type Plain = 'approve' | 'reject' | 'swap' | 'skip' | 'undo';
const act = (action: Plain, id = action): PairAct => ({ id, action });
const replace = (action: 'replace_chosen' | 'replace_rejected', payload = sideC): PairAct => ({
  id: action,
  action,
  payload,
});
const edit = (side: 'chosen' | 'rejected', text: string): PairAct => ({
  id: 'edit',
  action: 'edit',
  payload: { side, text },
});

describe('foldPair', () => {
  test.each([
    ['no acts', [], { state: 'proposed', ...proposal, edited: false, skips: 0, lastActId: null }],
    ['approve', [act('approve')], { state: 'approved', lastActId: 'approve' }],
    ['a changed mind', [act('approve'), act('reject')], { state: 'rejected' }],
    [
      'swap decides nothing',
      [act('swap')],
      { state: 'proposed', chosen: proposal.rejected, rejected: proposal.chosen },
    ],
    ['swap leaves a decision', [act('approve'), act('swap')], { state: 'approved', chosen: proposal.rejected }],
    ['replace chosen', [replace('replace_chosen')], { chosen: sideC, rejected: proposal.rejected, edited: false }],
    ['replace rejected', [replace('replace_rejected')], { chosen: proposal.chosen, rejected: sideC }],
    ['edit', [edit('chosen', 'better')], { chosen: { rolloutId: null, text: 'better' }, edited: true }],
    [
      'an edited text moves with a swap',
      [edit('chosen', 'x'), act('swap')],
      { rejected: { rolloutId: null, text: 'x' }, edited: true },
    ],
    ['a replaced edit is gone', [edit('chosen', 'x'), replace('replace_chosen')], { chosen: sideC, edited: false }],
    ['skips count', [act('skip'), act('skip')], { state: 'proposed', skips: 2 }],
    ['undo of a skip', [act('skip'), act('skip'), act('undo')], { skips: 1 }],
    [
      'undo shows what is next to undo',
      [act('swap'), act('approve'), act('undo')],
      { state: 'proposed', lastActId: 'swap' },
    ],
    [
      'undo twice walks back',
      [act('approve'), act('swap'), act('undo'), act('undo')],
      { state: 'proposed', ...proposal, lastActId: null },
    ],
    ['an act after an undo', [act('approve'), act('undo'), act('reject')], { state: 'rejected', lastActId: 'reject' }],
    ['undo of nothing', [act('undo'), act('approve')], { state: 'approved' }],
    ['edit rejected', [edit('rejected', 'worse')], { rejected: { rolloutId: null, text: 'worse' }, edited: true }],
    [
      'a replaced edit of the rejected side is gone',
      [edit('rejected', 'x'), replace('replace_rejected')],
      { edited: false },
    ],
  ] as const)('%s', (_name, acts, expected) => {
    expect(foldPair(proposal, acts)).toMatchObject(expected);
  });
});

describe('checkAct', () => {
  const same = 'Both sides would hold the same text: there is nothing to prefer';
  test.each([
    [
      'undo with nothing left',
      [act('skip'), act('undo')],
      act('undo'),
      'conflict',
      'There is nothing left to undo on this pair',
    ],
    ['approve twice', [act('approve')], act('approve'), 'conflict', 'This pair is approved already'],
    ['reject twice', [act('reject')], act('reject'), 'conflict', 'This pair is rejected already'],
    [
      'skip what is decided',
      [act('approve')],
      act('skip'),
      'conflict',
      'This pair is decided: undo the decision before you skip it',
    ],
    ['equal texts by edit', [], edit('chosen', ' bad\n'), 'invalid', same],
    ['equal texts by replace', [], replace('replace_chosen', { rolloutId: idC, text: 'bad' }), 'invalid', same],
    [
      'the rollout of the other side',
      [],
      replace('replace_chosen', { rolloutId: idB, text: 'bad, as edited' }),
      'invalid',
      'Both sides would be the same rollout',
    ],
    ['an empty text', [], edit('rejected', ' \n'), 'invalid', 'A side of a pair cannot be empty'],
    ['no change', [], edit('rejected', 'bad'), 'conflict', 'This changes nothing: the side holds that text already'],
    [
      'no change by replace',
      [],
      replace('replace_chosen', proposal.chosen),
      'conflict',
      'This changes nothing: the side holds that text already',
    ],
    [
      'skip what is rejected',
      [act('reject')],
      act('skip'),
      'conflict',
      'This pair is decided: undo the decision before you skip it',
    ],
    ['undo at the start', [], act('undo'), 'conflict', 'There is nothing left to undo on this pair'],
    ['an empty chosen text', [], edit('chosen', ''), 'invalid', 'A side of a pair cannot be empty'],
  ] as const)('refuses %s', (_name, acts, next, code, message) => {
    expect(checkAct(proposal, acts, next)).toEqual({ ok: false, error: { code, message } });
  });

  test.each([
    ['approve', [], act('approve'), 'approved'],
    ['a changed mind', [act('approve')], act('reject'), 'rejected'],
    ['approve again after undo', [act('approve'), act('undo')], act('approve'), 'approved'],
    ['swap when decided', [act('approve')], act('swap'), 'approved'],
    ['skip twice', [act('skip')], act('skip'), 'proposed'],
    ['swap back and forth', [act('swap')], act('swap'), 'proposed'],
    ['reject', [], act('reject'), 'rejected'],
    ['undo of a decision', [act('reject')], act('undo'), 'proposed'],
    ['an edit of what is decided', [act('approve')], edit('rejected', 'worse'), 'approved'],
    ['only the space around changes', [], edit('chosen', ' good'), 'proposed'],
    ['two edits, both without a rollout', [edit('chosen', 'x')], edit('rejected', 'y'), 'proposed'],
    ['swap after an edit', [edit('chosen', 'x')], act('swap'), 'proposed'],
    ['replace one side by another rollout', [], replace('replace_rejected'), 'proposed'],
  ] as const)('allows %s', (_name, acts, next, state) => {
    expect(checkAct(proposal, acts, next)).toMatchObject({ ok: true, data: { state } });
  });
});

test('a swap asks nothing of the texts, an edit does', () => {
  const equal = { chosen: { rolloutId: idA, text: 'x' }, rejected: { rolloutId: idB, text: 'x' } };
  expect(checkAct(equal, [], act('swap')).ok).toBe(true);
  expect(checkAct(equal, [], edit('chosen', 'x')).ok).toBe(false);
});

describe('properties', () => {
  const texts = fc.constantFrom('good', 'bad', 'x', '');
  const payload = fc.record({ rolloutId: fc.constantFrom(idA, idB, idC, null), text: texts });
  const id = fc.uuid();
  const doing: fc.Arbitrary<PairAct> = fc.oneof(
    fc.record({ id, action: fc.constantFrom('approve', 'reject', 'swap', 'skip') }),
    fc.record({ id, action: fc.constantFrom('replace_chosen', 'replace_rejected'), payload }),
    fc.record({
      id,
      action: fc.constant('edit'),
      payload: fc.record({ side: fc.constantFrom('chosen', 'rejected'), text: texts }),
    }),
  );
  const acts = fc.array(fc.oneof({ weight: 3, arbitrary: doing }, { weight: 1, arbitrary: fc.constant(act('undo')) }));
  const start = foldPair(proposal, []);

  test('as many undos as acts give the proposal', () => {
    fc.assert(
      fc.property(acts, (history) => {
        expect(foldPair(proposal, [...history, ...history.map(() => act('undo'))])).toEqual(start);
      }),
    );
  });

  test('an act and its undo change nothing', () => {
    fc.assert(
      fc.property(acts, doing, (history, next) => {
        expect(foldPair(proposal, [...history, next, act('undo')])).toEqual(foldPair(proposal, history));
      }),
    );
  });

  test('the acts in force alone give the same pair', () => {
    fc.assert(
      fc.property(acts, (history) => {
        expect(foldPair(proposal, actsInForce(history))).toEqual(foldPair(proposal, history));
      }),
    );
  });

  test('legal acts never make equal or empty sides, or one rollout on both', () => {
    fc.assert(
      fc.property(acts, (attempts) => {
        let history: PairAct[] = [];
        for (const attempt of attempts) {
          const result = checkAct(proposal, history, attempt);
          if (!result.ok) continue;
          history = [...history, attempt];
          const { chosen, rejected } = result.data;
          expect(chosen.text.trim()).not.toBe(rejected.text.trim());
          expect(chosen.text.trim() === '' || rejected.text.trim() === '').toBe(false);
          expect(chosen.rolloutId !== null && chosen.rolloutId === rejected.rolloutId).toBe(false);
        }
      }),
    );
  });

  test('stored acts read back', () => {
    fc.assert(
      fc.property(doing, (each) => {
        expect(pairActSchema.parse(JSON.parse(JSON.stringify(each)))).toEqual(each);
      }),
    );
  });
});
