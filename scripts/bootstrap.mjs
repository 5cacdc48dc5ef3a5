/**
 * From a bare clone to a program on the right Node: installs the packages, and runs the script on the Node 24 that
 * comes with them. Runs on the machine's own Node and imports nothing that is not built in.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, readFileSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { step, warn } from './progress.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const binaries = path.join(root, 'node_modules/.bin');

const GIGABYTE = 1024 ** 3;
/** The packages take 1.5 GB, their download cache about a third, the build and an empty database the rest. */
const SPACE_TO_INSTALL = 3 * GIGABYTE;
const SPACE_TO_RUN = 0.3 * GIGABYTE;
const TAIL_LINES = 15;

/** An expected failure: its message is the one sentence the person sees. */
class Refusal extends Error {}

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // Absent or half-written: the same as not installed.
  }
};

/**
 * Whether what npm noted as installed is what the lock file asks for. Versions are compared instead of file times,
 * which `git checkout` changes at will. Packages for other platforms are optional and may be missing.
 */
export const isInstalled = (wanted, installed) =>
  Object.entries(wanted?.packages ?? {}).every(([name, { version, optional, peer }]) => {
    if (name === '') return true;
    const found = installed?.packages?.[name];
    return found ? found.version === version : Boolean(optional || peer);
  });

const checkFolder = (space) => {
  try {
    accessSync(root, constants.W_OK);
  } catch (error) {
    throw new Refusal(`You may not write to ${root} (${error.code}): the studio builds itself there.`);
  }
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize >= space) return;
  const [have, need] = [bavail * bsize, space].map((bytes) => (bytes / GIGABYTE).toFixed(1));
  throw new Refusal(`The disk of ${root} has ${have} GB free; ${need} GB are needed. Free some space and try again.`);
};

/** npm puts our own `.bin` first in PATH, and would lose the Node it runs on while it replaces it. */
const systemPath = () =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.endsWith(path.join('node_modules', '.bin')))
    .join(path.delimiter);

const run = (command, args) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: systemPath() };
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    // A terminal's Ctrl-C reaches npm by itself; what only we were told is passed on.
    const passOn = () => child.kill('SIGTERM');
    process.once('SIGTERM', passOn);
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => reject(new Refusal(`Cannot run ${command} (${error.code}): is it installed?`)));
    child.once('close', (code) => {
      process.off('SIGTERM', passOn);
      resolve({ code, output });
    });
  });

const explainNpm = (output) => {
  if (/ENOSPC/.test(output)) return 'the disk is full.';
  if (/EACCES|EPERM|EROFS/.test(output)) return 'it may not write there.';
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN/.test(output)) {
    return 'the package registry cannot be reached; check the network or `npm config get registry`.';
  }
  return `it said:\n${output.trim().split('\n').slice(-TAIL_LINES).join('\n')}`;
};

const install = async () => {
  const { code, output } = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Refusal(`Installing the packages failed: ${explainNpm(output)}`);
};

const ensureInstalled = async () => {
  const wanted = readJson(path.join(root, 'package-lock.json'));
  if (!wanted) throw new Refusal(`${root} has no readable package-lock.json: clone the repository again.`);
  if (isInstalled(wanted, readJson(path.join(root, 'node_modules/.package-lock.json'))))
    return checkFolder(SPACE_TO_RUN);
  checkFolder(SPACE_TO_INSTALL);
  return step('Installing packages', install);
};

/** The Node that the package `node` brought; npm leaves it out where install scripts are switched off. */
const findNode = async () => {
  const bundled = path.join(binaries, 'node');
  const { code } = await run(bundled, ['--version']).catch(() => ({ code: 1 }));
  if (code === 0) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const fix = 'Allow install scripts (npm config get ignore-scripts) and delete node_modules, or use Node 24.';
  throw new Refusal(`The bundled Node 24 does not run on this machine. ${fix}`);
};

/** Passes signals on and ends as the script does. The channel tells the script when we were killed. */
const handOver = (node, script) => {
  const args = ['--conditions=react-server', '--import', 'tsx', script, ...process.argv.slice(2)];
  const env = { ...process.env, PATH: `${binaries}${path.delimiter}${systemPath()}` };
  // Relative paths in options mean the person's folder, not the clone's.
  env.INIT_CWD ??= process.cwd();
  const child = spawn(node, args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    warn(`Cannot run ${node}: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    if (signal) warn(`The studio was killed (${signal}). What it started is ended by the next start.`);
    process.exit(code ?? 1);
  });
};

/** Runs a TypeScript of `scripts/` with everything it needs, and ends with its exit code. */
export const bootstrap = async (script) => {
  try {
    if (process.platform === 'win32')
      throw new Refusal('VerIPO Studio runs on Linux and macOS; on Windows, inside WSL.');
    await ensureInstalled();
    handOver(await findNode(), script);
  } catch (error) {
    warn(error instanceof Refusal ? error.message : error.stack);
    process.exit(1);
  }
};
