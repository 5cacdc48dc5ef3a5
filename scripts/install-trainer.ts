import { existsSync } from 'node:fs';
import { mkdir, readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { hashContent } from './content-hash';
import type { Python } from './find-python';
import { withLock } from './lock';
import { whenChanged } from './marker';
import { root } from './root';
import { runProgram } from './run-program';

/** How one installation is run, and who hears of it. */
export type Installing = {
  /** Folder of the virtual environment; all of it is ours. */
  readonly venv: string;
  readonly python: Python;
  /** `test` adds what the trainer's own tests need. */
  readonly extra?: 'test';
  /** Takes PyPI's CUDA build where no CPU build can be had, also on a machine without a GPU. */
  readonly anyTorch: boolean;
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string) => void;
  readonly onStart?: (pid: number) => void;
};

const LOCK_TIMEOUT_MS = 15 * 60_000;
const TAIL_LINES = 15;
const SPACE_BYTES = 3e9;
/** The makers' own place of builds without CUDA. On PyPI, Linux gets CUDA: gigabytes that do nothing without a GPU. */
const CPU_INDEX = 'https://download.pytorch.org/whl/cpu';

/** Written when the installation is complete. */
const markOf = (venv: string): string => path.join(venv, '.inputs-sha256');
const pythonOf = (venv: string): string => path.join(venv, 'bin/python');

/** Whether PyPI's build of torch is the wrong one here: Linux on x86-64 without a driver of NVIDIA (or WSL's). */
const wantsCpuTorch = (): boolean =>
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  !['/proc/driver/nvidia/version', '/dev/nvidiactl', '/dev/dxg'].some((file) => existsSync(file));

const torchVersion = async (): Promise<string> => {
  const text = await readFile(path.join(root, 'trainer/pyproject.toml'), 'utf8');
  const version = /"torch==([\w.]+)"/.exec(text)?.[1];
  if (!version) throw new Error('trainer/pyproject.toml does not pin torch');
  return version;
};

/** The last lines of what a program printed. */
export const tailOf = (output: string, lines = TAIL_LINES): string =>
  output.trim().split('\n').slice(-lines).join('\n');

const run = async (file: string, args: readonly string[], { signal, onOutput, onStart }: Installing) => {
  // Unbuffered, so that progress is told while it happens.
  const env = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1', PYTHONUNBUFFERED: '1' };
  const options = {
    env,
    ...(signal ? { signal } : {}),
    ...(onOutput ? { onOutput } : {}),
    ...(onStart ? { onStart } : {}),
  };
  onOutput?.(`$ ${[file, ...args].join(' ')}\n`);
  const result = await runProgram(file, args, options);
  signal?.throwIfAborted();
  return result;
};

/** Puts torch without CUDA there: from pip's own places first, such as a folder of wheels on a closed network. */
const installCpuTorch = async (installing: Installing): Promise<void> => {
  const wanted = `torch==${await torchVersion()}+cpu`;
  const install = ['-m', 'pip', 'install', '--no-compile', wanted];
  const python = pythonOf(installing.venv);
  const near = await run(python, install, installing);
  if (near.code === 0) return;
  const far = await run(python, [...install, '--index-url', CPU_INDEX], installing);
  if (far.code === 0 || installing.anyTorch) return;
  const message = `This machine has no GPU, and ${wanted} is neither in pip's own indexes nor at ${CPU_INDEX}:\n${tailOf(far.output)}`;
  throw new AppError('unavailable', message);
};

const install = async (installing: Installing): Promise<void> => {
  const { venv, python, extra } = installing;
  const steps: readonly (readonly [string, string, readonly string[]])[] = [
    ['Making the trainer a Python of its own', python.command, ['-m', 'venv', '--clear', venv]],
    // Not compiled: most of what comes with torch and transformers is never imported. Editable: the trainer is read
    // where it lies, so that an update of the clone is an update of the trainer.
    [
      'Installing the trainer',
      pythonOf(venv),
      [
        '-m',
        'pip',
        'install',
        '--no-compile',
        '--editable',
        `${path.join(root, 'trainer')}${extra ? `[${extra}]` : ''}`,
      ],
    ],
  ];
  for (const [title, file, args] of steps) {
    if (file === pythonOf(venv) && wantsCpuTorch()) await installCpuTorch(installing);
    const { code, output } = await run(file, args, installing);
    if (code !== 0) throw new AppError('unavailable', `${title} did not work:\n${tailOf(output)}`);
  }
};

const requireSpace = async (folder: string): Promise<void> => {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= SPACE_BYTES) return;
  const [have, need] = [bavail * bsize, SPACE_BYTES].map((bytes) => (bytes / 1e9).toFixed(1));
  throw new AppError('unavailable', `The disk of ${folder} has ${have} GB free; the trainer needs ${need} GB.`);
};

/**
 * Puts the trainer and what it needs into a virtual environment, when `inputs` (the pinned versions, the Python) have
 * changed since the last success. Returns its Python. Other commands that want the same wait.
 *
 * @throws AppError `unavailable` with the last lines of what did not work; the reason of `signal`.
 */
export const installTrainer = async (installing: Installing): Promise<string> => {
  const { venv, python } = installing;
  await mkdir(path.dirname(venv), { recursive: true });
  return withLock(`${venv}.lock`, LOCK_TIMEOUT_MS, async () => {
    const content = await hashContent(root, ['trainer/pyproject.toml']);
    // A machine that gets a GPU gets the other build.
    const build = installing.anyTorch ? '' : ` ${wantsCpuTorch() ? 'cpu' : 'any'}`;
    await whenChanged(markOf(venv), `${content} ${python.identity} ${venv}${build}`, async () => {
      await requireSpace(path.dirname(venv));
      await install(installing);
    });
    return pythonOf(venv);
  });
};
