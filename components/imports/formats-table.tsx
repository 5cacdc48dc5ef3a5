import { Panel } from '@/components/ui/panel';
import { WideTable } from '@/components/ui/wide-table';
import { formats } from '@/lib/domain/formats/import-record';
import { formatNotes } from './format-notes';

/** What can be imported. The format is read from the file's first bytes, never from its name. */
export const FormatsTable = () => (
  <Panel title="Formats" flush>
    <WideTable label="Formats" className="text-left">
      <thead>
        <tr className="text-ink-2 text-xs">
          <th scope="col" className="px-4 py-2 font-medium">
            Format
          </th>
          <th scope="col" className="px-4 py-2 font-medium">
            Files
          </th>
          <th scope="col" className="px-4 py-2 font-medium">
            Holds
          </th>
        </tr>
      </thead>
      <tbody>
        {formats.map((format) => (
          <tr key={format} className="border-line border-t">
            <th scope="row" className="whitespace-nowrap px-4 py-1.5 font-normal">
              {formatNotes[format].name}
            </th>
            <td className="px-4 py-1.5 text-ink-2">{formatNotes[format].files}</td>
            <td className="px-4 py-1.5 text-ink-2">{formatNotes[format].holds}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
    <p className="border-line border-t px-4 py-2 text-ink-2 text-xs">
      Every field of every format, and what happens to bad lines, is in <code>docs/formats.md</code> of the
      studio&apos;s folder.
    </p>
  </Panel>
);
