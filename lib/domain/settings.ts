/** What the settings and train screens show. */
import { z } from 'zod';

export const projectNameSchema = z.string().trim().min(1, 'A project needs a name').max(200, 'At most 200 characters');
export const tokenNameSchema = z.string().trim().min(1, 'Say what the token is for').max(100, 'At most 100 characters');
