import type { ReactNode } from 'react';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/states';
import { ChartFrame } from './chart-frame';
import { MOST_PX } from './chart-panel';

type StateProps = {
  title: string;
  /** Pixels, the same as the chart will have. */
  height: number;
};

const Middle = ({ height, children }: { height: number; children: ReactNode }) => (
  <div className="flex flex-col justify-center" style={{ height: Math.min(height, MOST_PX) }}>
    {children}
  </div>
);

/** Holds the place of a chart whose figures are being read. */
export const ChartLoading = ({ title, height }: StateProps) => (
  <ChartFrame title={title}>
    <Middle height={height}>
      <Loading what={title}>
        <div style={{ height: Math.min(height, MOST_PX) }}>
          <Skeleton className="h-full w-full" />
        </div>
      </Loading>
    </Middle>
  </ChartFrame>
);

/** A chart that has nothing to show; `children` say why, and what to do. */
export const ChartEmpty = ({ title, height, children }: StateProps & { children: ReactNode }) => (
  <ChartFrame title={title}>
    <Middle height={height}>
      <Empty title="Nothing to draw yet">{children}</Empty>
    </Middle>
  </ChartFrame>
);

/** A chart whose figures could not be read. */
export const ChartFailed = ({ title, height, error, onRetry }: StateProps & { error: Error; onRetry: () => void }) => (
  <ChartFrame title={title}>
    <Middle height={height}>
      <Failed error={error} onRetry={onRetry} />
    </Middle>
  </ChartFrame>
);
