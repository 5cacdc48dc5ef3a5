/** `npm run bench -- [name…]`: runs the programs of `bench/`, each on a database of its own, one after the other. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { main } from './main';
import { say } from './progress.mjs';
import { root } from './root';
import { typescriptArguments } from './typescript-arguments';

const folder = path.join(root, 'bench');

/** A program calls `main`; the other files are its parts. */
const isProgram = async (file: string): Promise<boolean> =>
  /^main\(/m.test(await readFile(path.join(folder, file), 'utf8'));

const listPrograms = async (): Promise<readonly string[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  const kept = await Promise.all(files.map(async (file) => ((await isProgram(file)) ? [path.parse(file).name] : [])));
  return kept.flat();
};

const run = (name: string): Promise<number | null> => {
  const env = { ...process.env, NODE_ENV: 'production' as const };
  const child = spawn(process.execPath, typescriptArguments(`bench/${name}.ts`), { cwd: root, env, stdio: 'inherit' });
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
};

main(async () => {
  const programs = await listPrograms();
  const wished = process.argv.slice(2);
  const unknown = wished.find((name) => !programs.includes(name));
  if (unknown) throw new AppError('not_found', `There is no bench ${unknown}; there are: ${programs.join(', ')}`);
  const codes: (number | null)[] = [];
  for (const name of wished.length > 0 ? wished : programs) {
    say(`— ${name}`);
    codes.push(await run(name));
  }
  return codes.every((code) => code === 0) ? 0 : 1;
});
