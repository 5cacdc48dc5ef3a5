import { ArrowLeftRight, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Key } from '@/components/ui/key';
import { Panel } from '@/components/ui/panel';
import { type DiffLayout, diffLayouts } from '@/lib/domain/question-comparison/address';
import { CHAIN_CHARS } from '@/lib/domain/question-comparison/comparison';
import { countDiffWords } from '@/lib/domain/question-comparison/diff-words';
import { formatCount } from '@/lib/domain/text/counted';
import type { TextDiff } from '@/lib/domain/text/word-diff';
import { onlyLook } from './diff-text';

type DiffHeadProps = {
  readonly diff: TextDiff;
  readonly names: { readonly left: string; readonly right: string };
  readonly layout: DiffLayout;
  /** One of the texts is only a beginning. */
  readonly cut: boolean;
  readonly onLayout: (layout: DiffLayout) => void;
  readonly onSwap: () => void;
  readonly onClose: () => void;
};

const layoutNames: Readonly<Record<DiffLayout, string>> = { side: 'Side by side', inline: 'In one text' };

const levelTexts: Readonly<Record<TextDiff['level'], string | null>> = {
  word: null,
  sentence: 'Too unlike for a comparison word by word: whole sentences are compared.',
  whole: 'Too long and too unlike to compare: each text is marked as a whole.',
};

/** What is compared, how much of it differs, and the ways to look at it. */
export const DiffHead = ({ diff, names, layout, cut, onLayout, onSwap, onClose }: DiffHeadProps) => {
  const { shared, onlyLeft, onlyRight } = countDiffWords(diff);
  const level = levelTexts[diff.level];
  return (
    <Panel
      title="What differs"
      className="min-w-0"
      actions={
        <Button look="quiet" onClick={onClose}>
          <X aria-hidden className="size-4" /> Close <Key>Esc</Key>
        </Button>
      }
    >
      <p role="status" className="break-words">
        <mark className={onlyLook.left}>{formatCount(onlyLeft)} words</mark> only in {names.left},{' '}
        <mark className={onlyLook.right}>{formatCount(onlyRight)} words</mark> only in {names.right},{' '}
        {formatCount(shared)} in both{onlyLeft + onlyRight === 0 ? ': the two texts say the same' : ''}.
      </p>
      {level && <p className="mt-1 text-ink-2">{level}</p>}
      {cut && (
        <p className="mt-1 text-ink-2">
          Of each text the first {formatCount(CHAIN_CHARS)} characters are compared; the pages of the samples have the
          rest.
        </p>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <fieldset className="flex">
          <legend className="sr-only">Layout of the difference</legend>
          {diffLayouts.map((one) => (
            <Button
              key={one}
              look={one === layout ? 'plain' : 'quiet'}
              aria-pressed={one === layout}
              onClick={() => onLayout(one)}
            >
              {layoutNames[one]}
            </Button>
          ))}
        </fieldset>
        <Button onClick={onSwap}>
          <ArrowLeftRight aria-hidden className="size-4" /> Swap sides <Key>x</Key>
        </Button>
      </div>
    </Panel>
  );
};
