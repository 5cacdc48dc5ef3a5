import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The user PostgreSQL runs as when we are root, since it refuses to run as root. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/** The three facts of a file that say who may enter it. */
export type Access = { readonly uid: number; readonly gid: number; readonly mode: number };

const OWN_NAME = 'veripo-postgres';
const MAY_ENTER = 0o1;
const MAY_READ_AND_ENTER = 0o5;

/** Whether the account has all of `bits` (r=4, w=2, x=1) on a file; node drops extra groups, so only these count. */
export const allows = (access: Access, account: Account, bits: number): boolean => {
  const shift = access.uid === account.uid ? 6 : access.gid === account.gid ? 3 : 0;
  return ((access.mode >> shift) & bits) === bits;
};

/** `a`, `a/b`, `a/b/c` of an absolute path, from the root down. */
export const ancestors = (absolute: string): readonly string[] => {
  const parent = path.dirname(absolute);
  return parent === absolute ? [absolute] : [...ancestors(parent), absolute];
};

/** Whether the account may walk down to `folder`; folders that do not exist yet are ours to make, and count as open. */
export const canReach = (folder: string, account: Account): boolean =>
  ancestors(path.resolve(folder))
    .filter((part) => existsSync(part))
    .every((part) => allows(statSync(part), account, MAY_ENTER));

/** Whether the account may read everything in these files and folders and walk to them. */
export const canRead = (paths: readonly string[], account: Account): boolean =>
  paths.every((file) => canReach(path.dirname(file), account) && allows(statSync(file), account, MAY_READ_AND_ENTER));

/** Finds a user by name in the text of `/etc/passwd`. */
export const findAccount = (passwd: string, name: string): Account | undefined => {
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([candidate]) => candidate === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return fields && Number.isInteger(uid) && Number.isInteger(gid) ? { name, uid, gid } : undefined;
};

const readPasswd = (): string => readFileSync('/etc/passwd', 'utf8');

const createAccount = (): Account | undefined => {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  spawnSync('useradd', [...flags, OWN_NAME], { stdio: 'ignore' });
  return findAccount(readPasswd(), OWN_NAME);
};

/**
 * The account for PostgreSQL: undefined unless we are root; else the owner of existing data, our own user, the
 * system's `postgres`, a new user, and where none can be made `nobody`.
 */
export const chooseAccount = (dataDirectory: string | undefined): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  if (dataDirectory && existsSync(dataDirectory)) {
    const { uid, gid } = statSync(dataDirectory);
    if (uid !== 0) return { name: String(uid), uid, gid };
  }
  const passwd = readPasswd();
  return (
    findAccount(passwd, OWN_NAME) ??
    findAccount(passwd, 'postgres') ??
    createAccount() ??
    findAccount(passwd, 'nobody') ?? { name: 'nobody', uid: 65_534, gid: 65_534 }
  );
};
