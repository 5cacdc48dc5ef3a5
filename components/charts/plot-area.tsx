'use client';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode, use, useId, useState } from 'react';
import { nearestMark, type Step, steer, type Way } from '@/lib/domain/charts/steer';
import { ActiveMark } from './active-mark';
import { ChartContext } from './chart-context';
import type { Size } from './line-layout';
import type { PlotMark } from './plot-mark';

/** Pixels within which the pointer finds a point. */
const REACH_PX = 36;

const stepOf: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

type PlotAreaProps = {
  /** What the plot is called where no panel names it. */
  label: string;
  marks: readonly PlotMark[];
  way: Way;
  size: Size;
  /** The picture. It is handed through as it is, so that a moving mark draws none of it again. */
  children: ReactNode;
};

type Active = { readonly at: number; readonly by: 'keys' | 'pointer' | 'touch' };

/**
 * One stop of the keyboard over a picture: arrows move between marks, Enter opens the rollouts behind one, Escape puts
 * the note away. Pointer and finger find the nearest mark and show the same note.
 */
export const PlotArea = ({ label, marks, way, size, children }: PlotAreaProps) => {
  const router = useRouter();
  const panel = use(ChartContext);
  const helpId = useId();
  const [active, setActive] = useState<Active | null>(null);
  const [last, setLast] = useState(0);
  const shown = active ? (marks[active.at] ?? null) : null;

  const show = (at: number, by: Active['by']) => {
    if (active?.at !== at || active.by !== by) setActive(at < 0 ? null : { at, by });
    if (at >= 0 && at !== last) setLast(at);
  };
  const open = (at: number, apart: boolean) => {
    const href = marks[at]?.words.href;
    if (!href) return;
    if (apart) window.open(href, '_blank', 'noopener');
    else router.push(href);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || marks.length === 0) return;
    const step = stepOf[event.key];
    if (step && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const from = Math.min(active?.at ?? last, marks.length - 1);
      // The first arrow shows where one is.
      show(active || step === 'first' || step === 'last' ? steer(marks, from, step, way) : from, 'keys');
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      open(active.at, event.ctrlKey || event.metaKey);
    } else if (event.key === 'Escape' && active) {
      event.preventDefault();
      setActive(null);
    }
  };

  const under = (event: MouseEvent): number => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return nearestMark(marks, event.clientX - left, event.clientY - top, REACH_PX);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (event.pointerType !== 'touch') show(under(event), 'pointer');
  };
  const onClick = (event: MouseEvent) => {
    const at = under(event);
    const isTouch = event.nativeEvent instanceof window.PointerEvent && event.nativeEvent.pointerType === 'touch';
    // A finger has no hover: its first tap shows the note, its second opens.
    if (isTouch && !(active?.by === 'touch' && active.at === at)) show(at, 'touch');
    else open(at, event.ctrlKey || event.metaKey);
  };

  return (
    <div
      role="application"
      aria-roledescription="chart"
      {...(panel ? { 'aria-labelledby': panel.titleId } : { 'aria-label': label })}
      aria-describedby={panel ? `${panel.summaryId} ${helpId}` : helpId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the one stop of the keyboard in this picture
      tabIndex={0}
      className={`absolute inset-0 touch-manipulation select-none outline-offset-4 ${shown?.words.href && active?.by !== 'keys' ? 'cursor-pointer' : ''}`}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerLeave={(event) => {
        if (event.pointerType !== 'touch' && active?.by !== 'keys') setActive(null);
      }}
      onClick={onClick}
      onFocus={(event) => {
        if (marks.length > 0 && event.currentTarget.matches(':focus-visible'))
          show(Math.min(last, marks.length - 1), 'keys');
      }}
      onBlur={() => setActive(null)}
    >
      <div aria-hidden className="h-full">
        {children}
      </div>
      {shown && active && <ActiveMark mark={shown} size={size} by={active.by} />}
      <p id={helpId} className="sr-only">
        Arrow keys move between its marks, Enter opens the rollouts of one, Escape closes the note.
      </p>
      <p aria-live="polite" className="sr-only">
        {shown && active?.by === 'keys' ? [shown.words.title, ...shown.words.lines].join('. ') : ''}
      </p>
    </div>
  );
};
