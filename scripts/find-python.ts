import { runProgram } from './run-program';

const NAMES = ['python3.13', 'python3.12', 'python3.11', 'python3'];

/** Says where it lies, if it is new enough and can make virtual environments (Debian packs `ensurepip` apart). */
const PROBE = [
  'import sys, ensurepip, venv',
  'sys.exit(1) if sys.version_info < (3, 11) else print(sys.executable, sys.version_info[:3])',
].join('\n');

/** What a machine without Python is told. */
export const NO_PYTHON = `There is no Python 3.11 or newer with venv here (${NAMES.join(', ')}).`;

/** `identity` names its place and version, so that another Python under the same command is noticed. */
export type Python = { readonly command: string; readonly identity: string };

/** The first Python that will do; undefined when there is none. */
export const findPython = async (): Promise<Python | undefined> => {
  for (const command of NAMES) {
    const { code, output } = await runProgram(command, ['-c', PROBE]);
    if (code === 0) return { command, identity: output.trim() };
  }
  return undefined;
};
