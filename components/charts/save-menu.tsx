'use client';
import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { toCsv } from '@/lib/domain/charts/csv';
import { chartPng } from './export/chart-png';
import { type ChartWords, chartSvg } from './export/chart-svg';
import { fileName, saveFile } from './export/save-file';
import { hasPicture } from './export/snapshot';

const itemClass = 'cursor-default rounded px-2 py-1 outline-none data-highlighted:bg-sunken data-disabled:text-ink-3';

type SaveMenuProps = {
  words: ChartWords;
  data: ChartData;
  name: string;
  /** The drawn chart; null while its table is shown. */
  picture: () => HTMLElement | null;
  onError: (message: string | null) => void;
};

/** Saves what a chart shows: its rows, or its picture as a paper wants it. */
export const SaveMenu = ({ words, data, name, picture, onError }: SaveMenuProps) => {
  const [drawn, setDrawn] = useState(false);
  const saveCsv = () => saveFile(new Blob([toCsv(data)], { type: 'text/csv;charset=utf-8' }), fileName(name, 'csv'));
  const savePicture = async (ending: 'svg' | 'png') => {
    const element = picture();
    if (!element) return;
    onError(null);
    try {
      const content =
        ending === 'png' ? await chartPng(element) : new Blob([chartSvg(element, words)], { type: 'image/svg+xml' });
      saveFile(content, fileName(name, ending));
    } catch (error) {
      onError(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <DropdownMenu.Root
      modal={false}
      onOpenChange={(isOpen) => {
        const element = picture();
        if (isOpen) setDrawn(element !== null && hasPicture(element));
      }}
    >
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" className="px-2" aria-label={`Save ${words.title}`}>
          Save
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          // The keys of the screen are not meant while a menu is open.
          onKeyDown={(event) => event.stopPropagation()}
          className="z-30 min-w-36 rounded-md border border-line bg-surface p-1 shadow-lg"
        >
          <DropdownMenu.Item className={itemClass} onSelect={saveCsv}>
            CSV, the rows
          </DropdownMenu.Item>
          <DropdownMenu.Item className={itemClass} disabled={!drawn} onSelect={() => void savePicture('svg')}>
            SVG, for papers
          </DropdownMenu.Item>
          <DropdownMenu.Item className={itemClass} disabled={!drawn} onSelect={() => void savePicture('png')}>
            PNG, twice the size
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
};
