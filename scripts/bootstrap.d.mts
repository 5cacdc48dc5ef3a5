type Lock = { readonly packages?: Readonly<Record<string, { version?: string; optional?: boolean; peer?: boolean }>> };

/** Whether the packages noted as installed are those of the lock file. */
export const isInstalled: (wanted: Lock | undefined, installed: Lock | undefined) => boolean;

/** Installs what is missing and runs a script of this folder on the bundled Node. */
export const bootstrap: (script: string) => Promise<void>;
