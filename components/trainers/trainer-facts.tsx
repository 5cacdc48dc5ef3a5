import Link from 'next/link';
import { WideTable } from '@/components/ui/wide-table';
import type { TrainerInfo } from '@/lib/domain/trainer/answers';
import type { TrainerView } from '@/lib/domain/trainer-view';
import { formatGigabytes, namesText, queueText, versionsText } from './trainer-text';

const th = 'py-1 pr-4 text-left font-medium text-ink-2 text-xs whitespace-nowrap';
const td = 'py-1 pr-4 whitespace-nowrap';

const JobCell = ({ id, jobs }: { id: string; jobs: TrainerView['jobs'] }) => {
  const place = jobs.find((job) => job.id === id);
  return place ? (
    <Link
      href={`/iterations/${place.iterationId}?job=${id}`}
      title={`Job ${id}`}
      className="text-accent hover:underline"
    >
      {place.run}, iteration {place.k}
    </Link>
  ) : (
    <span title={`Job ${id} of another project, or of another studio`} className="font-mono text-xs">
      {id.slice(0, 8)}
    </span>
  );
};

type FactsProps = { name: string; info: TrainerInfo; jobs: TrainerView['jobs'] };

const Devices = ({ name, info, jobs }: FactsProps) => {
  if (!info.devicesReady) return <p className="text-ink-2">It is still looking which devices it has.</p>;
  if (info.devices.length === 0) return <p className="text-ink-2">It found no device to train on.</p>;
  return (
    <WideTable label={`Devices of ${name}`}>
      <thead>
        <tr>
          <th className={th}>Device</th>
          <th className={`${th} text-right`}>Memory</th>
          <th className={th}>Job</th>
          <th className={`${th} w-full`}>Model</th>
        </tr>
      </thead>
      <tbody>
        {info.devices.map((device) => (
          <tr key={device.name} className="border-line border-t">
            <th scope="row" className={`${td} text-left font-medium`}>
              {device.name}
            </th>
            <td className={`${td} text-right tabular-nums`}>
              {device.memoryBytes === null ? '–' : formatGigabytes(device.memoryBytes)}
            </td>
            <td className={td}>
              {device.job ? <JobCell id={device.job} jobs={jobs} /> : <span className="text-ink-2">free</span>}
            </td>
            <td className={`${td} max-w-80 truncate text-ink-2`}>{device.model}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
};

/** What a trainer last said it has: devices, models, queue, disk, versions. */
export const TrainerFacts = ({ name, info, jobs }: FactsProps) => {
  const broken = info.engines.filter(({ available }) => !available);
  const engines = info.engines.filter(({ available }) => available).map((engine) => engine.name);
  // The small world's model is made by the engine itself, from nothing.
  const models = engines.includes('builtin') ? [...info.models, 'moving-shapes (built in)'] : info.models;
  const facts: readonly (readonly [string, string])[] = [
    ['Base models', models.length > 0 ? namesText(models) : 'none in its models folder'],
    ['Engines', engines.length > 0 ? namesText(engines) : 'none that works'],
    ['Queue', queueText(info)],
    ['Disk', `${formatGigabytes(info.disk.freeBytes)} of ${formatGigabytes(info.disk.totalBytes)} free`],
    ...(info.memory ? [['Main memory', formatGigabytes(info.memory.totalBytes)] as const] : []),
    ['Versions', versionsText(info)],
  ];
  return (
    <div className="flex flex-col gap-2">
      <Devices name={name} info={info} jobs={jobs} />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-2">{label}</dt>
            <dd className="break-words tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {broken.map((engine) => (
        <p key={engine.name} className="break-words text-ink-2">
          The engine {engine.name} does not work there: {engine.reason ?? 'it does not say why'}
        </p>
      ))}
    </div>
  );
};
