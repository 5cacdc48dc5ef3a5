/** The commands of `veripo`. Each is loaded when it is called: `score` must work where there is no database. */

export type CommandModule = {
  readonly usage: string;
  /** Takes the arguments after the command's name, returns the exit code: 0 done, 1 failed, 2 wrong use. */
  readonly run: (args: readonly string[]) => Promise<number>;
};
type Command = { readonly name: string; readonly summary: string; readonly load: () => Promise<CommandModule> };

export const commands: readonly Command[] = [
  { name: 'import', summary: 'Bring rollouts or questions in from files', load: () => import('./import') },
  { name: 'verify', summary: 'Judge the rollouts of a run', load: () => import('./verify') },
  { name: 'propose', summary: 'Propose preference pairs from verified rollouts', load: () => import('./propose') },
  { name: 'export', summary: 'Write a frozen pair set for a trainer', load: () => import('./export') },
  { name: 'labels', summary: 'Print what people said of a sample', load: () => import('./labels') },
  { name: 'loop', summary: 'Train: take a run through iterations of the loop', load: () => import('./loop') },
  { name: 'score', summary: 'Score the responses of a file, without a database', load: () => import('./score') },
  { name: 'record', summary: 'Write a finished run down, to be played elsewhere', load: () => import('./record') },
  { name: 'replay', summary: 'Play a recorded run into this studio', load: () => import('./replay') },
  { name: 'media-root', summary: 'List or declare the folders that videos are in', load: () => import('./media-root') },
  { name: 'sign-in', summary: 'Print a new one-time sign-in link', load: () => import('./sign-in') },
];
