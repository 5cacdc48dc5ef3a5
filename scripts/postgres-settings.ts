import { statfsSync } from 'node:fs';

const PARALLEL_MEMORY_BYTES = 512 * 1024 * 1024;

/** Containers give /dev/shm 64 MB by default, and a parallel hash join then fails: use files instead. */
const sharedMemory = (): string => {
  try {
    const { blocks, bsize } = statfsSync('/dev/shm');
    return blocks * bsize >= PARALLEL_MEMORY_BYTES ? 'posix' : 'mmap';
  } catch {
    return 'mmap'; // No /dev/shm on this system.
  }
};

/** Server settings for one small machine that also runs the web server. Real data is always synced to disk. */
const tuned = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '80',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  fsync: 'on',
  synchronous_commit: 'on',
};

/** For databases that are thrown away: a crash may lose them. */
const throwaway = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
};

export type Durability = 'durable' | 'throwaway';

/** The settings as arguments of `postgres`. */
export const settingArguments = (durability: Durability): readonly string[] =>
  Object.entries({
    ...tuned,
    dynamic_shared_memory_type: sharedMemory(),
    ...(durability === 'throwaway' ? throwaway : {}),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
