'use client';
import { useRouter } from 'next/navigation';
import { useMemo, useReducer, useState, useTransition } from 'react';
import { launch } from '@/lib/actions/iterations';
import { type Defaults, planDefaults, recipeDefaults, reduceDraft, startDraft } from '@/lib/domain/loop/draft';
import { checkDraft } from '@/lib/domain/loop/draft-plan';
import { type Estimate, estimatePlan } from '@/lib/domain/loop/estimate';
import { countPending, countReady, type LaunchChoices } from '@/lib/domain/loop/launch-choices';
import { baseKey, pickSpeeds } from '@/lib/domain/loop/measured-speed';
import type { Plan } from '@/lib/domain/loop/plan';
import { baseModel, launchRequest, sayLater, sayWhyNot, startTarget, type Target } from '@/lib/domain/loop/target';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';

/** Name of the weights that a new run begins with, to tell runs of the same policy. */
const baseOf = ({ trainers }: LaunchChoices, target: Target): string | null => {
  const model = baseModel(
    trainers.find(({ id }) => id === target.trainerId),
    target,
  );
  return model && baseKey(model);
};

const estimateOf = (choices: LaunchChoices, target: Target, plan: Plan): Estimate => {
  const { run, questionSets, pairSets, measures, checkpointSizes, trainers } = choices;
  const { explore, sample, align, evaluate, device } = plan;
  const devices = trainers.find(({ id }) => id === target.trainerId)?.info?.devices ?? [];
  const used = devices.find(({ name }) => name === device) ?? devices[0];
  return estimatePlan({
    plan,
    questions: {
      explore: countReady(questionSets, explore?.questionSets ?? [], true),
      sample: countReady(questionSets, sample?.questionSets ?? [], false),
      evaluate: countReady(questionSets, evaluate?.questionSets ?? [], false),
    },
    frozenPairs: pairSets.find(({ id }) => id === align?.pairSetId)?.pairCount ?? null,
    pairsPerGroup: run?.pairYield ? run.pairYield.pairs / run.pairYield.groups : null,
    mostPairsPerGroup: defaultPairSettings.maxPerQuestion,
    speeds: pickSpeeds(measures, checkpointSizes, {
      trainerId: target.trainerId,
      runId: run?.id ?? null,
      base: run ? run.base : baseOf(choices, target),
      device,
    }),
    onGpu: used?.kind === 'cuda',
  });
};

/** Questions in the estimate whose file nobody has looked into yet. */
const pendingOf = ({ questionSets }: LaunchChoices, { explore, sample, evaluate }: Plan): number =>
  countPending(
    questionSets,
    [explore, sample, evaluate].flatMap((part) => part?.questionSets ?? []),
  );

/** A stage whose chosen questions cannot be sent at all. */
const sayEmpty = ({ stages }: Estimate): string | null => {
  const empty = stages.find(({ questions }) => questions === 0);
  if (!empty) return null;
  return empty.stage === 'explore'
    ? 'None of the questions chosen for GRPO has a truth and a readable file.'
    : 'None of the questions chosen can be shown to the model: their files were not found.';
};

/** The state of a launch form. What was typed outlives live updates of the choices. */
export const useLaunch = (choices: LaunchChoices) => {
  const router = useRouter();
  const [defaults, setDefaults] = useState<Defaults>(() =>
    choices.run?.previous ? planDefaults(choices.run.previous.plan) : recipeDefaults('whole-iteration'),
  );
  const [draft, act] = useReducer(reduceDraft, defaults, startDraft);
  const [target, setTarget] = useState<Target>(() => startTarget(choices));
  const [refusal, setRefusal] = useState<string | null>(null);
  const [pending, start] = useTransition();

  const { plan, problems } = useMemo(() => checkDraft(draft, defaults), [draft, defaults]);
  const estimate = useMemo(() => plan && estimateOf(choices, target, plan), [choices, target, plan]);
  const wrong = Object.keys(problems).length;
  // While the launched iteration opens, the run that it made is no reason against launching.
  const whyNot = pending ? null : (sayWhyNot(choices, target) ?? (estimate ? sayEmpty(estimate) : null));

  return {
    form: { draft, defaults, problems, act },
    target,
    onTarget: (part: Partial<Target>) => setTarget((all) => ({ ...all, ...part })),
    onBase: (next: Defaults) => {
      setDefaults(next);
      act({ type: 'base', defaults: next });
    },
    estimate,
    pendingQuestions: plan ? pendingOf(choices, plan) : 0,
    /** Fields and stages that are wrong. */
    wrong,
    /** Why it cannot be launched, fields apart. */
    whyNot,
    /** That it begins later. */
    later: pending || whyNot !== null ? null : sayLater(choices, target),
    /** What the server said. */
    refusal,
    pending,
    isNameTaken: !pending && choices.run === null && choices.runs.some(({ name }) => name === target.name.trim()),
    canLaunch: plan !== null && wrong === 0 && whyNot === null && !pending,
    submit: () => {
      if (!plan || wrong > 0 || whyNot !== null || pending) return;
      setRefusal(null);
      start(async () => {
        const result = await launch(launchRequest(choices, target, plan));
        if (result.ok) router.push(`/iterations/${result.data.iterationId}`);
        else setRefusal(result.error.message);
      });
    },
  };
};
