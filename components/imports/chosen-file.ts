/** A file that a person picked for import, in the browser or on the studio's machine, and what it holds. */
import { detectFormat, HEAD_BYTES } from '@/lib/domain/formats/detect';
import type { Format } from '@/lib/domain/formats/import-record';

export type ChosenFile = {
  /** Unique on the screen. */
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  /** A browser's file, or a path under an import root. */
  readonly from: { readonly kind: 'browser'; readonly file: File } | { readonly kind: 'path'; readonly path: string };
  /** What it was recognised as, or why it cannot be imported. */
  readonly detected: Format | { readonly unsupported: string };
};

/** Looks at the first bytes of a file, here in the browser: nothing is sent before the person starts. */
export const inspectBrowserFile = async (file: File): Promise<ChosenFile> => {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return {
    key: crypto.randomUUID(),
    name: file.name,
    bytes: file.size,
    from: { kind: 'browser', file },
    detected: detectFormat(file.name, head),
  };
};

export const formatOf = ({ detected }: ChosenFile): Format | undefined =>
  typeof detected === 'string' ? detected : undefined;
