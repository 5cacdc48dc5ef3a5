'use client';
import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { ComparisonCharts } from '@/components/comparison/comparison-charts';
import type { ReportChart } from '@/lib/domain/report/comparison-report';
import { chartsDrawn, collectCharts } from './collect-charts';

/** As wide as the text of a report: letters have the same size in both. */
const WIDTH_PX = 1_008;

type ReportStageProps = Parameters<typeof ComparisonCharts>[0] & {
  readonly onCharts: (charts: ReportChart[]) => void;
  readonly onError: (error: unknown) => void;
};

/**
 * Draws the charts of a report where nobody sees them: those on the page may be narrow, as on a phone, or show their
 * tables.
 */
export const ReportStage = ({ onCharts, onError, ...charts }: ReportStageProps) => {
  const host = useRef<HTMLDivElement>(null);
  const done = useRef({ onCharts, onError });
  useEffect(() => {
    const element = host.current;
    let isGone = false;
    if (!element) return;
    chartsDrawn(element)
      .then(() => isGone || done.current.onCharts(collectCharts(element)))
      .catch((error: unknown) => isGone || done.current.onError(error));
    return () => {
      isGone = true;
    };
  }, []);
  return createPortal(
    <div ref={host} inert aria-hidden className="fixed top-0" style={{ left: -100_000, width: WIDTH_PX }}>
      <ComparisonCharts {...charts} />
    </div>,
    document.body,
  );
};
