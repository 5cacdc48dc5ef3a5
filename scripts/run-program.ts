import { spawn } from 'node:child_process';
import type { ToolResult } from './run-tool';
import { signal as sendSignal } from './stop';

type ProgramOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Gets every piece of what it prints, as it comes. */
  readonly onOutput?: (text: string) => void;
  /**
   * Makes it the leader of a process group, told here by id as soon as it runs: for the ledger. What it leaves behind
   * in its group is ended with it.
   */
  readonly onStart?: (pid: number) => void;
};

/**
 * Runs another program by its argument list and collects what it prints. A program that is not there is code 127, as
 * in a shell.
 */
export const runProgram = (
  file: string,
  args: readonly string[],
  { cwd, env, signal, onOutput, onStart }: ProgramOptions = {},
): Promise<ToolResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: onStart !== undefined,
      ...(cwd ? { cwd } : {}),
      ...(signal ? { signal, killSignal: 'SIGINT' } : {}), // pytest and pip tidy up after it, unlike after SIGTERM.
    });
    const { pid } = child;
    if (pid !== undefined) onStart?.(pid);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        onOutput?.(chunk.toString());
      });
    }
    child.once('exit', () => {
      if (onStart && pid !== undefined) sendSignal(-pid, 'SIGKILL'); // Its children hold its pipes open.
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ code: 127, output: error.message });
      else reject(error);
    });
    child.once('close', (code) => resolve({ code, output }));
  });
