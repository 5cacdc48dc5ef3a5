'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import { differingFrom, formatThresholdsAddress, parseThresholdsAddress } from '@/lib/domain/verifier/what-if/address';
import type { Asked } from '@/lib/domain/verifier/what-if/asked';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import { type Moved, type ThresholdName, withMoved } from '@/lib/domain/verifier/what-if/thresholds';

export type ThresholdVersion = {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly settings: VerifierSettings;
};

type State = { readonly asked: Asked; readonly moved: Moved };

/** A person stops moving for as long before the studio is asked. */
const SETTLE_MS = 120;

const startOf = (
  params: URLSearchParams,
  runs: readonly [ScoredRun, ...ScoredRun[]],
  versions: readonly ThresholdVersion[],
): State => {
  const { asked, moved } = parseThresholdsAddress(params);
  const run = runs.find(({ id }) => id === asked.run) ?? runs[0];
  const iteration = run.iterations.find(({ id }) => id === asked.iteration)?.id;
  const from = versions.find(({ id }) => id === asked.from)?.id ?? run.versionId;
  return { asked: { run: run.id, from, ...(iteration ? { iteration } : {}) }, moved };
};

/**
 * What is asked and which thresholds are moved. The address follows, so that it can be shared; `settled` is what the
 * studio is asked for, a moment after the last move.
 */
export const useThresholds = (
  runs: readonly [ScoredRun, ...ScoredRun[]],
  known: readonly [ThresholdVersion, ...ThresholdVersion[]],
) => {
  const [made, setMade] = useState<readonly ThresholdVersion[]>([]);
  const versions = [...made.filter(({ id }) => known.every((version) => version.id !== id)), ...known];
  const params = useSearchParams();
  const [state, setState] = useState(() => startOf(new URLSearchParams(params.toString()), runs, known));
  const [settled, setSettled] = useState(state);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(state);
      window.history.replaceState(
        null,
        '',
        `/verifier/thresholds?${formatThresholdsAddress(state.asked, state.moved)}`,
      );
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const run = runs.find(({ id }) => id === state.asked.run) ?? runs[0];
  const base = versions.find(({ id }) => id === state.asked.from) ?? known[0];
  const settings = withMoved(base.settings, state.moved);
  return {
    asked: state.asked,
    moved: state.moved,
    settled,
    run,
    base,
    versions,
    settings,
    ask: (asked: Asked) => setState((before) => ({ ...before, asked })),
    /** Moves one threshold; the two limits of the length never cross. */
    move: (name: ThresholdName, value: number) =>
      setState((before) => ({
        ...before,
        moved: differingFrom(
          base.settings,
          withMoved(base.settings, { ...before.moved, [name]: kept(name, value, settings) }),
        ),
      })),
    /** A version that was just saved: thresholds are moved away from it now, if it reads as the one before. */
    saved: (version: ThresholdVersion) => {
      setMade((before) => [...before, version]);
      if (!readsAlike(base.settings, version.settings)) return;
      setState(({ asked }) => ({ asked: { ...asked, from: version.id }, moved: {} }));
    },
    reset: () => setState((before) => ({ ...before, moved: {} })),
  };
};

const readsAlike = (a: VerifierSettings, b: VerifierSettings): boolean =>
  a.repetitionNgram === b.repetitionNgram && a.tokenizer === b.tokenizer && a.judgeId === b.judgeId;

const kept = (name: ThresholdName, value: number, { minThinkTokens, maxThinkTokens }: VerifierSettings): number => {
  if (name === 'minThinkTokens') return Math.min(value, maxThinkTokens - 1);
  return name === 'maxThinkTokens' ? Math.max(value, minThinkTokens + 1) : value;
};
