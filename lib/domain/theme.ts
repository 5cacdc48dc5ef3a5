/** The two looks of the studio; the choice is a cookie, so that the first paint is already right. */
import { z } from 'zod';

export const themes = ['light', 'dark'] as const;
export const themeSchema = z.enum(themes);
export type Theme = z.infer<typeof themeSchema>;
export const THEME_COOKIE = 'veripo-theme';
