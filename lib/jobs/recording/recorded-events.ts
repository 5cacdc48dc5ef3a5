import 'server-only';
/** The files of a recording that hold events: gzipped NDJSON of the trainer's own messages, questions by name. */
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { renameQuestion } from '@/lib/domain/recording/events';
import { type TrainerEvent, trainerEventSchema } from '@/lib/domain/trainer/event';

/** Of one file when unpacked: a recording is small, and a file of it may come from anywhere. */
const MAX_BYTES = 512 * 1024 * 1024;
const BEST = 9;

/** All events of a job, oldest first, with `rename` applied to the names of questions. Throws on what is no event. */
export const readRecordedEvents = async (
  file: string,
  rename: (name: string) => string | undefined,
): Promise<TrainerEvent[]> => {
  const text = await promisify(gunzip)(await readFile(file), { maxOutputLength: MAX_BYTES });
  return text
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => renameQuestion(trainerEventSchema.parse(JSON.parse(line)), rename));
};

/** Writes the events of a job. The same events give the same bytes. */
export const writeRecordedEvents = async (file: string, events: readonly TrainerEvent[]): Promise<void> => {
  const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  await writeFile(file, await promisify(gzip)(text, { level: BEST }));
};
