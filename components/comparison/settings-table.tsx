'use client';
import { Fragment } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { useUnfolded } from '@/components/ui/use-unfolded';
import { WideTable } from '@/components/ui/wide-table';
import { nameAmong } from '@/lib/domain/comparison/pairing-text';
import type { Comparison, SettingRow } from '@/lib/domain/comparison/schema';
import { formatSlice } from '@/lib/domain/slices/slice';
import { counted } from '@/lib/domain/text/counted';

const cell = 'px-3 py-1 align-top';

type RowProps = { row: SettingRow; slices: Comparison['slices']; marked: boolean };

const Row = ({ row, slices, marked }: RowProps) => (
  <tr className={cx('border-line border-t', marked && 'bg-accent-soft/40')}>
    <th scope="row" className={`${cell} max-w-64 break-words text-left font-normal text-ink-2`}>
      {row.label}
    </th>
    {slices.map((slice, at) => (
      <td key={formatSlice(slice)} className={`${cell} max-w-80 break-words tabular-nums`}>
        {row.values[at] ?? <span className="text-ink-3">–</span>}
      </td>
    ))}
  </tr>
);

/** What the slices were made with: first what differs, all of it when asked. */
export const SettingsTable = ({ comparison: { slices, settings } }: { comparison: Comparison }) => {
  const [all, setAll] = useUnfolded('settings');
  const shown = all ? settings : settings.filter(({ differs }) => differs);
  const groups = [...Map.groupBy(shown, ({ group }) => group)];
  return (
    <Panel
      title="Configuration"
      flush
      actions={
        <Button look="quiet" aria-pressed={all} onClick={() => setAll(!all)}>
          {all ? 'Only what differs' : `All ${counted(settings.length, 'setting')}`}
        </Button>
      }
    >
      {shown.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">Nothing that is known of these slices differs.</p>
      ) : (
        <WideTable label="Configuration">
          <thead>
            <tr>
              <th scope="col" className={`${cell} py-2 text-left font-medium text-ink-2 text-xs`}>
                Setting
              </th>
              {slices.map((slice) => (
                <th
                  key={formatSlice(slice)}
                  scope="col"
                  className={`${cell} whitespace-nowrap py-2 text-left font-medium text-ink-2 text-xs`}
                >
                  {nameAmong(slice, slices)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(([group, rows]) => (
              <Fragment key={group}>
                <tr className="border-line border-t bg-sunken/60">
                  <th scope="rowgroup" colSpan={slices.length + 1} className={`${cell} text-left font-semibold`}>
                    {group}
                  </th>
                </tr>
                {rows.map((row) => (
                  <Row key={row.key} row={row} slices={slices} marked={all && row.differs} />
                ))}
              </Fragment>
            ))}
          </tbody>
        </WideTable>
      )}
    </Panel>
  );
};
