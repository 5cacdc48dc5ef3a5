/** Events in batches: few transactions while much comes, and little delay while little does. */
import type { TrainerEvent } from '@/lib/domain/trainer/event';

type Limits = { readonly events: number; readonly chars: number; readonly ms: number };
const LIMITS: Limits = { events: 2_000, chars: 8_000_000, ms: 250 };

/** What an event holds, roughly; a figure counts as 20, its name included. */
const charsOf = (event: TrainerEvent): number => {
  const figures = (values: object): number => 20 * Object.keys(values).length;
  switch (event.type) {
    case 'rollout':
      return event.response.length + 20 * (event.frameIndices?.length ?? 0) + figures(event.rewards);
    case 'log':
      return 200 + event.message.length;
    case 'metric':
    case 'result':
      return 200 + figures(event.values);
    default:
      return 200;
  }
};

type Pulled = { readonly pulled: IteratorResult<TrainerEvent> };

/**
 * Batches of at most 2,000 events and about 8 million characters; one is closed 250 ms after its first event came. While
 * a batch is stored, at most one more event is read. What the source throws flies after the events before it came out.
 */
export async function* batchEvents(
  source: AsyncGenerator<TrainerEvent>,
  limits: Limits = LIMITS,
): AsyncGenerator<readonly TrainerEvent[]> {
  let next: Promise<Pulled | { readonly failure: unknown }> | undefined;
  const pull = () => {
    next ??= source.next().then(
      (pulled) => ({ pulled }),
      (failure: unknown) => ({ failure }),
    );
    return next;
  };
  try {
    for (;;) {
      const batch: TrainerEvent[] = [];
      let chars = 0;
      let due: Promise<'due'> | undefined;
      let timer: NodeJS.Timeout | undefined;
      let ended = false;
      let failed: { readonly failure: unknown } | undefined;
      while (batch.length < limits.events && chars < limits.chars) {
        const came = await (due ? Promise.race([pull(), due]) : pull());
        if (came === 'due') break;
        next = undefined;
        if ('failure' in came) failed = came;
        else if (came.pulled.done) ended = true;
        else {
          batch.push(came.pulled.value);
          chars += charsOf(came.pulled.value);
        }
        if (ended || failed) break;
        due ??= new Promise((resolve) => {
          timer = setTimeout(() => resolve('due'), limits.ms);
        });
      }
      clearTimeout(timer);
      if (batch.length > 0) yield batch;
      if (failed) throw failed.failure;
      if (ended) return;
    }
  } finally {
    // Whoever stops listening closes the connection, even in the middle of a wait for it.
    void source.return(undefined).catch(() => undefined);
  }
}
