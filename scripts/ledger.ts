import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isRunning, type ProcessIdentity, processIdentitySchema } from './process-identity';
import { warn } from './progress.mjs';
import { stopGroup } from './stop';

const entrySchema = processIdentitySchema.extend({ name: z.string() });
type Entry = z.infer<typeof entrySchema>;

const GRACE_MS = 10_000;

/** The programs this supervisor has running, on disk: so that the next one finds them when this one was killed. */
export type Ledger = {
  readonly add: (name: string, identity: ProcessIdentity) => void;
  readonly remove: (pid: number) => void;
};

const readEntries = (file: string): readonly Entry[] => {
  if (!existsSync(file)) return [];
  try {
    return z.array(entrySchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    warn(`${file} is damaged: programs of an earlier start may still run.`);
    return [];
  }
};

/** Opens the ledger of a data folder, and first ends what a killed supervisor left running. */
export const openLedger = async (dataDir: string): Promise<Ledger> => {
  const file = path.join(dataDir, 'children.json');
  const orphans = readEntries(file).filter(isRunning);
  if (orphans.length > 0) {
    warn(`Ending what an earlier start left running: ${orphans.map(({ name, pid }) => `${name} (${pid})`).join(', ')}`);
    await Promise.all(orphans.map((orphan) => stopGroup(orphan, GRACE_MS)));
  }
  let entries: readonly Entry[] = [];
  // Synchronous: nothing may happen between starting a program and noting it.
  const write = (next: readonly Entry[]): void => {
    entries = next;
    writeFileSync(`${file}.draft`, JSON.stringify(entries), { mode: 0o600 });
    renameSync(`${file}.draft`, file);
  };
  write([]);
  return {
    add: (name, identity) => write([...entries, { name, ...identity }]),
    remove: (pid) => write(entries.filter((entry) => entry.pid !== pid)),
  };
};
