'use client';
import { createContext } from 'react';

/** Ids of the title and the summary of the panel around a plot, which name and describe it. */
export const ChartContext = createContext<{ readonly titleId: string; readonly summaryId: string } | null>(null);
