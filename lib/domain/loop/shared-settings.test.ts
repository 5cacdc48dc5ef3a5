import { expect, test } from 'vitest';
import { type Draft, type DraftAct, recipeDefaults, reduceDraft, startDraft } from './draft';
import { stagesApart } from './shared-settings';

const defaults = recipeDefaults('whole-iteration');
const type = (path: string, text: string): DraftAct => ({ type: 'text', path, text, defaults });
const after = (acts: readonly DraftAct[]): Draft => acts.reduce(reduceDraft, startDraft(defaults));

test('a recipe shows every stage the same', () => {
  expect(stagesApart(startDraft(defaults), defaults)).toBeNull();
});

test('stages that differ are named, and can be joined', () => {
  const draft = after([
    type('explore.settings.frames.maxPixels', '3136'),
    type('evaluate.settings.systemPrompt', 'Think.'),
    // A stage's own matter.
    type('align.settings.microBatch', '2'),
    // Of a stage that is passed over.
    type('sample.settings.frames.fps', '1'),
  ]);
  const apart = stagesApart(draft, defaults);
  expect(apart).toMatchObject({
    first: 'explore',
    others: ['align', 'evaluate'],
    labels: ['Max pixels', 'System prompt'],
  });
  const joined = (apart?.join ?? []).reduce(reduceDraft, draft);
  expect(stagesApart(joined, defaults)).toBeNull();
  expect(joined.texts['align.settings.frames.maxPixels']).toBe('3136');
  expect(joined.texts['evaluate.settings.systemPrompt']).toBeUndefined();
});
