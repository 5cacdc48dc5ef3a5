import { type ClassValue, clsx } from 'clsx';
import { twMerge } from 'tailwind-merge';

/** Joins class names; falsy parts drop out, and of two classes for one property the later wins. */
export const cx = (...parts: ClassValue[]): string => twMerge(clsx(parts));
