import { type ClassValue, clsx } from 'clsx';

/** Joins class names; falsy parts drop out. */
export const cx = (...parts: ClassValue[]): string => clsx(parts);
