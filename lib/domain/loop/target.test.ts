import { expect, test } from 'vitest';
import { testTrainerInfo } from '@/lib/domain/trainer/testing';
import type { TrainerView } from '@/lib/domain/trainer-view';
import { defaultBuilt } from './built-base';
import { launchSchema } from './launch';
import type { CheckpointChoice, LaunchChoices, RunChoice } from './launch-choices';
import { planSchema } from './plan';
import {
  BUILT_BASE,
  baseChoices,
  baseModel,
  launchRequest,
  leftWeights,
  sayLater,
  sayWhyNot,
  startTarget,
  type Target,
} from './target';

const id = (digit: string) => '11111111-1111-4111-8111-111111111111'.replaceAll('1', digit);

const info = { ...testTrainerInfo, models: ['qwen'] };
const trainer = (changes: Partial<TrainerView> = {}): TrainerView => ({
  id: id('1'),
  name: 'here',
  url: 'http://127.0.0.1:1',
  rewardUrl: null,
  local: true,
  state: 'online',
  sentence: null,
  seenAt: null,
  checkedAt: null,
  info,
  jobs: [],
  skew: null,
  ...changes,
});
const weights = (changes: Partial<CheckpointChoice> = {}): CheckpointChoice => ({
  id: id('3'),
  run: { id: id('2'), name: 'shapes' },
  stage: 'dpo',
  k: 1,
  state: 'done',
  step: 30,
  model: 'final',
  source: 'checkpoint',
  trainerId: id('1'),
  createdAt: '2026-01-05T10:00:00.000Z',
  ...changes,
});
const run: RunChoice = {
  id: id('2'),
  name: 'shapes',
  nextK: 2,
  moving: null,
  startCheckpointId: id('3'),
  base: null,
  previous: null,
  pairYield: null,
};
const choices = (changes: Partial<LaunchChoices> = {}): LaunchChoices => ({
  runs: [{ id: id('2'), name: 'shapes' }],
  run,
  questionSets: [],
  pairSets: [],
  checkpoints: [weights()],
  trainers: [trainer()],
  measures: [],
  checkpointSizes: [],
  ...changes,
});

const newRun = choices({ run: null });
const because = (given: LaunchChoices, changes: Partial<Target> = {}) =>
  sayWhyNot(given, { ...startTarget(given), ...changes });

test.each<[string, LaunchChoices, Partial<Target>, string | null]>([
  ['all is well', choices(), {}, null],
  ['no trainer', choices({ trainers: [] }), {}, 'No trainer is registered'],
  [
    'being prepared',
    choices({ trainers: [trainer({ state: 'preparing', sentence: 'Installing torch.', info: null })] }),
    {},
    'The trainer “here” is being prepared. Installing torch.',
  ],
  ['offline for now', choices({ trainers: [trainer({ state: 'offline' })] }), {}, null],
  ['prepared anew', choices({ trainers: [trainer({ state: 'preparing' })] }), {}, null],
  [
    'offline, and never answered',
    choices({ trainers: [trainer({ state: 'offline', info: null })] }),
    {},
    'The trainer “here” is offline. Wait',
  ],
  ['refusing', choices({ trainers: [trainer({ state: 'refused' })] }), {}, 'is refusing this studio'],
  [
    'under way',
    choices({ run: { ...run, moving: { id: id('4'), k: 1 } } }),
    {},
    'Iteration 1 of this run is under way',
  ],
  ['imported', choices({ run: { ...run, startCheckpointId: null } }), {}, 'This run has no weights'],
  [
    'imported, weights chosen',
    choices({ run: { ...run, startCheckpointId: null } }),
    { startCheckpointId: id('3') },
    null,
  ],
  [
    'weights elsewhere',
    choices({ checkpoints: [weights({ trainerId: id('8') })] }),
    {},
    'These weights lie on another',
  ],
  [
    'built weights are free of place',
    choices({ checkpoints: [weights({ source: 'built', trainerId: id('8') })] }),
    {},
    null,
  ],
  [
    'a model that this trainer has too',
    choices({ checkpoints: [weights({ source: 'local', model: 'qwen', trainerId: null })] }),
    {},
    null,
  ],
  [
    'a model that it does not have',
    choices({ checkpoints: [weights({ source: 'local', model: 'other', trainerId: null })] }),
    {},
    'has no model “other” in its models folder',
  ],
  ['a new run without a name', newRun, { name: ' ' }, 'Give the new run a name'],
  ['a name that is taken', newRun, { name: 'shapes ' }, 'There is a run “shapes” already'],
  ['a new run', newRun, { name: 'fresh' }, null],
  [
    'a base of a size that cannot be',
    newRun,
    { name: 'fresh', base: BUILT_BASE, built: { ...defaultBuilt, width: '100' } },
    'Correct the size of the base model',
  ],
  ['a base that is gone', newRun, { name: 'fresh', base: 'local gone' }, 'Choose the base model'],
])('%s', (_name, given, changes, sentence) => {
  const said = because(given, changes);
  if (sentence === null) expect(said).toBeNull();
  else expect(said).toContain(sentence);
});

test.each([
  ['online', null],
  ['offline', 'does not answer now: the iteration will start when it does'],
  ['preparing', 'will start when it does'],
  ['refused', null],
] as const)('%s: what is launched begins %s', (state, says) => {
  const given = choices({ trainers: [trainer({ state })] });
  const said = sayLater(given, startTarget(given));
  if (says === null) expect(said).toBeNull();
  else expect(said).toContain(says);
});

test.each<[string, readonly CheckpointChoice[], string | undefined]>([
  ['nothing', [weights()], undefined],
  [
    'the later stage of the newest that failed',
    [
      weights(),
      weights({ id: id('6'), k: 2, stage: 'grpo', state: 'cancelled' }),
      weights({ id: id('7'), k: 3, stage: 'grpo', state: 'failed' }),
      weights({ id: id('8'), k: 3, stage: 'dpo', state: 'failed' }),
    ],
    id('8'),
  ],
  ['what failed before the newest', [weights(), weights({ id: id('6'), k: 0, state: 'failed' })], undefined],
  [
    'of another run',
    [weights(), weights({ id: id('6'), k: 2, state: 'failed', run: { id: id('9'), name: 'other' } })],
    undefined,
  ],
])('left by iterations that broke off: %s', (_name, checkpoints, left) => {
  expect(leftWeights(choices({ checkpoints: [...checkpoints] }))?.id).toBe(left);
});

test('the previous trainer comes first, else one that is online', () => {
  const other = trainer({ id: id('5'), state: 'offline' });
  const plan = planSchema.parse({ evaluate: { questionSets: [id('6')], settings: {} } });
  const before = choices({
    trainers: [trainer(), other],
    run: { ...run, previous: { k: 1, trainerId: id('5'), plan } },
  });
  expect(startTarget(before).trainerId).toBe(id('5'));
  expect(startTarget(choices({ trainers: [other, trainer()] })).trainerId).toBe(id('1'));
});

test.each([
  ['a run', choices(), { startCheckpointId: id('3') }],
  ['a new run', newRun, { name: 'fresh', base: 'local qwen' }],
])('the request for %s is one that the server takes', (_name, given, changes) => {
  const plan = planSchema.parse({ evaluate: { questionSets: [id('6')], settings: {} } });
  const request = launchRequest(given, { ...startTarget(given), ...changes }, plan);
  expect(launchSchema.safeParse(request).success).toBe(true);
});

test('a trainer offers its models folder and what it builds', () => {
  expect(baseChoices(trainer()).map(({ key }) => key)).toEqual(['local qwen', BUILT_BASE]);
  expect(baseChoices(trainer({ info: null }))).toEqual([]);
});

test('a base of one’s own size is sent as it was typed', () => {
  const target = { ...startTarget(newRun), base: BUILT_BASE, built: { width: '64', layers: '2', seed: '9' } };
  const model = { source: 'built', name: 'moving-shapes', width: 64, layers: 2, seed: 9 };
  expect(baseModel(trainer(), target)).toEqual(model);
  expect(baseModel(trainer({ info: null }), target)).toBeNull();
});
