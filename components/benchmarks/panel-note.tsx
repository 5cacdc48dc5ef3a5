import { Button } from '@/components/ui/button';
import { counted } from '@/lib/domain/text/counted';

type PanelNoteProps = {
  /** Sentences, each on its line. */
  readonly lines: readonly string[];
  /** What published figures are cited from. */
  readonly sources: readonly string[];
  /** Older bars that are not drawn. */
  readonly hidden: number;
  readonly onShowAll: () => void;
};

/** What must be known before bars are compared: under the picture, with the sources of what is published. */
export const PanelNote = ({ lines, sources, hidden, onShowAll }: PanelNoteProps) => (
  <>
    {hidden > 0 && (
      <span className="mb-1 flex flex-wrap items-center gap-2">
        The newest bars are drawn.
        <Button onClick={onShowAll}>Show {counted(hidden, 'older bar')}</Button>
      </span>
    )}
    {lines.map((line) => (
      <span key={line} className="block">
        {line}
      </span>
    ))}
    {sources.length > 0 && <span className="block">Published: {sources.join('; ')}.</span>}
  </>
);
