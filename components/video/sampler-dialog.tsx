'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input, Select } from '@/components/ui/field';
import { saveRunSampler } from '@/lib/actions/runs';
import {
  qwenVlUtilsProfile,
  type SamplerProfile,
  samplerProfileSchema,
  transformersProfile,
  videoR1Profile,
  vllmProfile,
} from '@/lib/domain/frames/profile';
import { rolloutKeys } from '@/lib/queries/rollouts';

const presets = [
  { id: 'qwen', name: 'qwen-vl-utils (Qwen2.5-VL, ms-swift, verl)', profile: qwenVlUtilsProfile },
  { id: 'video-r1', name: 'qwen-vl-utils as Video-R1 sets it (16 frames)', profile: videoR1Profile },
  { id: 'hf', name: 'transformers video processor, newer vLLM', profile: transformersProfile },
  { id: 'vllm', name: 'older and default vLLM (32 frames)', profile: vllmProfile },
] as const;

/** The parameters of a sampler that people set, in the order they are asked. */
const fields = [
  ['fps', 'Frames per second', 0.01],
  ['minFrames', 'Frames at least', 1],
  ['maxFrames', 'Frames at most', 1],
  ['nframes', 'Exactly this many frames', 1],
] as const;

const presetOf = (sampler: SamplerProfile | null): (typeof presets)[number]['id'] =>
  presets.find(({ profile }) => JSON.stringify(profile) === JSON.stringify(sampler))?.id ??
  presets.find(({ profile }) => profile.kind === sampler?.kind)?.id ??
  'qwen';

/** Says for a whole run how its model picked frames. */
export const SamplerButton = ({ runId, sampler }: { runId: string; sampler: SamplerProfile | null }) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" className="h-6 text-xs" onClick={() => setOpen(true)}>
        Change how this run picked frames…
      </Button>
      <Dialog title="How this run picked frames" open={open} onOpenChange={setOpen}>
        <SamplerForm runId={runId} sampler={sampler} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
};

const settingOf = (profile: SamplerProfile, name: string): number | '' => {
  const value: unknown = Reflect.get(profile, name);
  return typeof value === 'number' ? value : '';
};

const SamplerForm = ({
  runId,
  sampler,
  onDone,
}: {
  runId: string;
  sampler: SamplerProfile | null;
  onDone: () => void;
}) => {
  const [preset, setPreset] = useState(() => presetOf(sampler));
  const [problem, setProblem] = useState<string>();
  const [saving, startSaving] = useTransition();
  const router = useRouter();
  const client = useQueryClient();
  const standard = presets.find(({ id }) => id === preset)?.profile ?? qwenVlUtilsProfile;
  const shown = sampler && presetOf(sampler) === preset ? sampler : standard;

  const save = (form: FormData) =>
    startSaving(async () => {
      const given = fields.flatMap(([name]) => {
        const text = form.get(name);
        if (typeof text !== 'string') return [];
        return [[name, text.trim() === '' ? null : Number(text)] as const];
      });
      const parsed = samplerProfileSchema.safeParse({ ...standard, ...Object.fromEntries(given) });
      if (!parsed.success) {
        setProblem('These numbers make no sampler: give every field but the last a positive number');
        return;
      }
      const result = await saveRunSampler({ runId, sampler: parsed.data });
      if (!result.ok) {
        setProblem(result.error.message);
        return;
      }
      await client.invalidateQueries({ queryKey: rolloutKeys.all });
      router.refresh();
      onDone();
    });

  return (
    <form action={save} className="flex flex-col gap-3">
      <p className="text-ink-2">
        It holds for all rollouts of the run, except those whose trainer stored the frames it used.
      </p>
      <Field label="Sampler">
        {(control) => (
          <Select
            {...control}
            value={preset}
            onChange={({ target }) => setPreset(presets.find(({ id }) => id === target.value)?.id ?? 'qwen')}
          >
            {presets.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div key={preset} className="grid grid-cols-2 gap-3">
        {fields.map(
          ([name, label, step]) =>
            name in standard && (
              <Field
                key={name}
                label={label}
                hint={name === 'nframes' && 'fps' in standard ? 'Empty: by the rate above' : undefined}
              >
                {(control) => (
                  <Input
                    {...control}
                    name={name}
                    type="number"
                    min={step}
                    step={step}
                    defaultValue={settingOf(shown, name)}
                  />
                )}
              </Field>
            ),
        )}
      </div>
      {problem && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" look="primary" disabled={saving}>
          Save for the run
        </Button>
      </div>
    </form>
  );
};
