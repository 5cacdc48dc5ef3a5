'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { importKeys } from '@/lib/queries/imports';
import { taskKeys } from '@/lib/queries/tasks';
import { type ChosenFile, formatOf, inspectBrowserFile } from './chosen-file';
import { ChosenList, type Sending } from './chosen-list';
import { DropZone } from './drop-zone';
import { formatNotes } from './format-notes';
import { type ImportOptions, ImportOptionsForm } from './import-options';
import { startOne } from './import-start';
import { PathField } from './path-field';

type ImportFormProps = {
  runNames: readonly string[];
  setNames: readonly string[];
  importRoots: readonly string[];
  /** Run named in the address. */
  run: string;
};

const nothing: Sending = { sent: {}, errors: {} };

/** From chosen files to queued imports. */
export const ImportForm = ({ runNames, setNames, importRoots, run }: ImportFormProps) => {
  const client = useQueryClient();
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [options, setOptions] = useState<ImportOptions>({ run, set: '', iteration: 0, stage: null, source: '' });
  const [fieldErrors, setFieldErrors] = useState<Readonly<Record<string, string[] | undefined>>>({});
  const [sending, setSending] = useState<Sending>(nothing);
  const [busy, startTransition] = useTransition();

  const ready = files.filter((file) => formatOf(file) !== undefined);
  const holdsRollouts = ready.some((file) => {
    const format = formatOf(file);
    return format !== undefined && formatNotes[format].holds === 'rollouts';
  });
  const add = (more: readonly ChosenFile[]) => setFiles((all) => [...all, ...more]);
  const fail = (key: string, message: string) =>
    setSending(({ sent, errors }) => ({ sent, errors: { ...errors, [key]: message } }));

  const send = async () => {
    setSending(nothing);
    setFieldErrors({});
    const signal = new AbortController().signal;
    const several = ready.length > 1;
    for (const file of ready) {
      const wanted = several ? { ...options, source: '' } : options;
      const onSent = (bytes: number) =>
        setSending(({ sent, errors }) => ({ sent: { ...sent, [file.key]: bytes }, errors }));
      const result = await startOne(file, wanted, onSent, signal);
      if (result.ok) setFiles((all) => all.filter(({ key }) => key !== file.key));
      else {
        fail(file.key, result.error.message);
        setFieldErrors(result.error.fields ?? {});
      }
      await Promise.all([
        client.invalidateQueries({ queryKey: taskKeys.all }),
        client.invalidateQueries({ queryKey: importKeys.all }),
      ]);
    }
  };
  const start = () => {
    if (holdsRollouts && options.run.trim() === '') {
      setFieldErrors({ run: ['Rollouts belong to a run: name one'] });
      return;
    }
    startTransition(send);
  };

  return (
    <Panel title="New import">
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-3">
          <DropZone
            onFiles={(chosen) => startTransition(async () => add(await Promise.all(chosen.map(inspectBrowserFile))))}
          />
          <PathField importRoots={importRoots} onFile={(file) => add([file])} />
          {files.length > 0 && (
            <ChosenList
              files={files}
              sending={sending}
              busy={busy}
              onRemove={(key) => setFiles((all) => all.filter((file) => file.key !== key))}
            />
          )}
        </div>
        <form
          className="flex min-w-0 flex-col gap-4"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            start();
          }}
        >
          <ImportOptionsForm
            options={options}
            onChange={setOptions}
            runNames={runNames}
            setNames={setNames}
            holdsRollouts={holdsRollouts}
            several={ready.length > 1}
            errors={fieldErrors}
          />
          <div className="flex items-center gap-3">
            <Button type="submit" look="primary" disabled={busy || ready.length === 0}>
              {ready.length > 1 ? `Import ${ready.length} files` : 'Import'}
            </Button>
            <span className="text-ink-2 text-xs">
              {ready.length === 0 ? 'Choose a file first.' : 'Verification follows by itself.'}
            </span>
          </div>
        </form>
      </div>
    </Panel>
  );
};
