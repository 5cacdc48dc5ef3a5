/** `1.4 s`, `73 s`. */
export const formatSeconds: (milliseconds: number) => string;

/** A result: one line on standard output. */
export const say: (text: string) => void;

/** A remark or a fault: one line on standard error. */
export const warn: (text: string) => void;

/** Runs `work` and shows its title, elapsed time and latest note while it lasts. Returns what it returns. */
export const step: <T>(title: string, work: (note: (text: string) => void) => Promise<T>) => Promise<T>;
