/**
 * What a judge may read of a response: the thinking alone. Answer blocks that a model opened inside its thinking are
 * taken out too, since the last of them may be what counts as its answer.
 */
import type { Span } from '@/lib/domain/verifier/response';

const OPEN = '<answer>';
const CLOSE = '</answer>';

/** The thinking at `think` without answer blocks; of one that never closes, nothing behind it. Linear time. */
export const blindThinking = (response: string, think: Span): string => {
  const thinking = response.slice(think.start, think.end);
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const open = thinking.indexOf(OPEN, at);
    parts.push(thinking.slice(at, open < 0 ? undefined : open));
    if (open < 0) break;
    const close = thinking.indexOf(CLOSE, open);
    if (close < 0) break;
    at = close + CLOSE.length;
  }
  return parts.join(' ').trim();
};
