import { cx } from '@/components/ui/cx';
import type { LineRoute } from './line-route';

const HEAD_PX = 7;
const heads = {
  right: { clip: 'polygon(0 0, 100% 50%, 0 100%)', left: -HEAD_PX, top: -HEAD_PX / 2 },
  left: { clip: 'polygon(100% 0, 0 50%, 100% 100%)', left: 0, top: -HEAD_PX / 2 },
  down: { clip: 'polygon(0 0, 100% 0, 50% 100%)', left: -HEAD_PX / 2, top: -HEAD_PX },
} as const satisfies Record<LineRoute['heads'], object>;

/** The head of a line; apart from it, since the picture of the lines is stretched to the width of the screen. */
export const LineHead = ({ route, lit, dim }: { route: LineRoute; lit: boolean; dim: boolean }) => {
  const { clip, left, top } = heads[route.heads];
  return (
    <span
      aria-hidden
      className={cx('pointer-events-none absolute', lit ? 'bg-accent' : 'bg-ink-3', dim && 'opacity-30')}
      style={{
        left: `calc(${route.x}% + ${left}px)`,
        top: route.y + top,
        width: HEAD_PX,
        height: HEAD_PX,
        clipPath: clip,
      }}
    />
  );
};
