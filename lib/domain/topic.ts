/** What live updates are about: the noun whose row changed. */
export const topics = [
  'task',
  'import',
  'verdict',
  'pair',
  'media',
  'trainer',
  'iteration',
  'job',
  'rollout',
  'verifier',
  'judge',
  'label',
  'question-set',
] as const;
