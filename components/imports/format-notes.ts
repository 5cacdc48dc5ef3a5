/** The formats that can be imported, for people. */
import { type Format, formats } from '@/lib/domain/formats/import-record';

export type FormatNote = { readonly name: string; readonly files: string; readonly holds: 'rollouts' | 'questions' };

export const formatNotes: Readonly<Record<Format, FormatNote>> = {
  'studio-ndjson': { name: 'Studio NDJSON', files: '.ndjson, one rollout or question a line', holds: 'rollouts' },
  'video-r1-eval': { name: 'Video-R1 evaluation', files: '.json with results; one file a sampling', holds: 'rollouts' },
  'veripo-predictions': {
    name: 'VerIPO predictions',
    files: '.json list of question, ground_truth, model_output',
    holds: 'rollouts',
  },
  'video-r1-log': {
    name: 'R1-V / Video-R1 reward log',
    files: '.txt as the reward function appends it',
    holds: 'rollouts',
  },
  'trl-parquet': { name: 'TRL completions', files: '.parquet, one file a logged step', holds: 'rollouts' },
  'verl-jsonl': { name: 'verl rollouts', files: '.jsonl, one rollout a line', holds: 'rollouts' },
  'ms-swift-jsonl': { name: 'ms-swift completions', files: '.jsonl, one table a line', holds: 'rollouts' },
  'veripo-questions': { name: 'VerIPO question manifest', files: '.json list of questions', holds: 'questions' },
  'video-r1-questions': { name: 'Video-R1 training questions', files: '.json list of problems', holds: 'questions' },
};

/** What a format is called; its own name where an older studio wrote one that is not known here. */
export const formatName = (format: string | null): string => {
  const known = formats.find((name) => name === format);
  return known ? formatNotes[known].name : (format ?? 'unknown format');
};
