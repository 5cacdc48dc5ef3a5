/**
 * Frozen pairs as DPO data for four trainers: one JSON object per line, keys in a fixed order, so that the same
 * pairs give the same bytes. `pair_id` and `pair_type` ride along in every row; trainers ignore other columns.
 */
import type { PairType } from '@/lib/domain/pair';
import type { Modality } from '@/lib/domain/question';

export type ExportPair = {
  readonly id: string;
  /** The whole user turn, options and instruction included. */
  readonly prompt: string;
  readonly system: string | null;
  readonly chosen: string;
  readonly rejected: string;
  readonly modality: Modality;
  /** Path as the trainer will open it; null for text. */
  readonly mediaPath: string | null;
  readonly type: PairType;
};

export const pairFormats = ['trl', 'ms-swift', 'llama-factory', 'openrlhf'] as const;
export type PairFormat = (typeof pairFormats)[number];

type Row = Readonly<Record<string, unknown>>;

const writers: Readonly<Record<PairFormat, (pair: ExportPair) => Row>> = {
  /** Conversational. TRL has no video DPO of its own: `videos` is for a collator that loads them. */
  trl: (pair) => ({
    prompt: promptMessages(pair, pair.prompt),
    chosen: [assistant(pair.chosen)],
    rejected: [assistant(pair.rejected)],
    ...media(pair),
    ...origin(pair),
  }),
  'ms-swift': (pair) => ({
    messages: [...promptMessages(pair, tagged(pair)), assistant(withoutTags(pair.chosen))],
    rejected_response: withoutTags(pair.rejected),
    ...media(pair),
    ...origin(pair),
  }),
  /** `formatting: sharegpt, ranking: true`; see `llamaFactoryDatasetInfo`. */
  'llama-factory': (pair) => ({
    conversations: [{ from: 'human', value: tagged(pair) }],
    chosen: { from: 'gpt', value: withoutTags(pair.chosen) },
    rejected: { from: 'gpt', value: withoutTags(pair.rejected) },
    ...(pair.system === null ? {} : { system: pair.system }),
    ...media(pair),
    ...origin(pair),
  }),
  /** For `--data.apply_chat_template`. OpenRLHF's DPO reads text alone: `videos` only keeps the link. */
  openrlhf: (pair) => ({
    prompt: promptMessages(pair, pair.prompt),
    chosen: [assistant(pair.chosen)],
    rejected: [assistant(pair.rejected)],
    ...media(pair),
    ...origin(pair),
  }),
};

/** One line, with its newline. */
export const formatPair = (format: PairFormat, pair: ExportPair): string =>
  `${JSON.stringify(writers[format](pair))}\n`;

/** Lines for a stream of pairs, in the given order. */
export async function* formatPairs(
  format: PairFormat,
  pairs: Iterable<ExportPair> | AsyncIterable<ExportPair>,
): AsyncGenerator<string> {
  for await (const pair of pairs) yield formatPair(format, pair);
}

/** The entry for LLaMA-Factory's `dataset_info.json` that reads an exported file. */
export const llamaFactoryDatasetInfo = (name: string, fileName: string): string =>
  `${JSON.stringify(
    {
      [name]: {
        file_name: fileName,
        formatting: 'sharegpt',
        ranking: true,
        columns: {
          messages: 'conversations',
          chosen: 'chosen',
          rejected: 'rejected',
          system: 'system',
          images: 'images',
          videos: 'videos',
        },
      },
    },
    null,
    2,
  )}\n`;

/** What a person should know before training on the file; null when the trainer reads all of it. */
export const pairFormatNote = (format: PairFormat): string | null => notes[format];

const notes: Readonly<Record<PairFormat, string | null>> = {
  trl: 'TRL has no video input for DPO: bring a data collator that loads the `videos` column, or the model trains blind.',
  'ms-swift': null,
  'llama-factory': 'Add the entry of dataset_info.json that comes with the file.',
  openrlhf: 'OpenRLHF trains DPO on text alone: it does not open the `videos` column.',
};

const assistant = (content: string) => ({ role: 'assistant', content });

const promptMessages = (pair: ExportPair, words: string) => [
  ...(pair.system === null ? [] : [{ role: 'system', content: pair.system }]),
  { role: 'user', content: words },
];

const media = ({ modality, mediaPath }: ExportPair): Row => {
  if (modality === 'text' || mediaPath === null) return {};
  return modality === 'video' ? { videos: [mediaPath] } : { images: [mediaPath] };
};

const origin = (pair: ExportPair): Row => ({ pair_id: pair.id, pair_type: pair.type });

/** The user turn with exactly as many tags as there are files: both trainers refuse any other number. */
const tagged = (pair: ExportPair): string => {
  const words = withoutTags(pair.prompt).trimStart();
  if (pair.modality === 'text' || pair.mediaPath === null) return words;
  return `<${pair.modality}>${words}`;
};

/** A model that writes `<video>` would shift every tag after it; a space inside defuses it, visibly. */
const withoutTags = (text: string): string => text.replace(/<(?=(?:video|image|audio)>)/g, '< ');
