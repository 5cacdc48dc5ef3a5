import { spawn } from 'node:child_process';
import type { ToolResult } from './run-tool';

type ProgramOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

/**
 * Runs another program by its argument list and collects what it prints. A program that is not there is code 127, as
 * in a shell.
 */
export const runProgram = (
  file: string,
  args: readonly string[],
  { cwd, env, signal }: ProgramOptions = {},
): Promise<ToolResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd ? { cwd } : {}),
      ...(signal ? { signal, killSignal: 'SIGINT' } : {}), // pytest and pip tidy up after it, unlike after SIGTERM.
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ code: 127, output: error.message });
      else reject(error);
    });
    child.once('close', (code) => resolve({ code, output }));
  });
