/**
 * Verification on one core: rollouts judged per second over the real VideoMMMU texts repeated, without a database.
 * `npm run bench -- verify`. Made-up texts of the same lengths where the data is absent, which is said.
 */
import { decide } from '@/lib/domain/verifier/decide';
import { measure } from '@/lib/domain/verifier/measure';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { main } from '@/scripts/main';
import { say } from '@/scripts/progress.mjs';
import { realSamples, syntheticSamples } from './rollout-texts';

const SECONDS = 10;
const WARM_UP_SECONDS = 2;
const AIM_RATE = 20_000;
const LOOK_EVERY = 100;

type Ready = { readonly question: ReturnType<typeof prepareQuestion>; readonly response: string };

/** Judges the samples over and over for so many seconds. */
const judgeFor = (samples: readonly Ready[], limit: number): { judged: number; elapsed: number } => {
  const started = performance.now();
  let judged = 0;
  for (;;) {
    for (const { question, response } of samples) {
      const measures = measure(
        question,
        { response, finishReason: 'unknown', thinkTokens: null },
        defaultVerifierSettings,
      );
      decide(measures, question.kind, defaultVerifierSettings);
      judged += 1;
      if (judged % LOOK_EVERY > 0) continue;
      const elapsed = (performance.now() - started) / 1000;
      if (elapsed >= limit) return { judged, elapsed };
    }
  }
};

main(async () => {
  const real = await realSamples();
  const samples = (real ?? syntheticSamples(1_560)).map(({ question, response }) => ({
    question: prepareQuestion(question),
    response,
  }));
  const mean = samples.reduce((sum, { response }) => sum + response.length, 0) / samples.length;
  judgeFor(samples, WARM_UP_SECONDS);
  const { judged, elapsed } = judgeFor(samples, SECONDS);
  const texts = real ? 'the VideoMMMU outputs' : 'made-up texts, since ../shared/data is absent';
  say(
    `Verifying ${texts} (${samples.length}, ${Math.round(mean)} characters on average) on one core: ` +
      `${Math.round(judged / elapsed)} rollouts/s (aim ${AIM_RATE})`,
  );
  return 0;
});
