/** What a database text can hold, for names and words that people and scripts send. */
import { z } from 'zod';

/** PostgreSQL holds no NUL, and half of a surrogate pair is no character. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** A string schema for such texts: to refuse them is the sender's answer, to let them through is a 500. */
export const storableString = () => z.string().refine(isStorable, 'This holds a character that cannot be stored');
