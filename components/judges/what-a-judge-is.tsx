import type { ReactNode } from 'react';
import { Empty } from '@/components/ui/states';

/** For whoever has no judge yet: what one is, and how to serve one. */
export const WhatAJudgeIs = ({ action }: { action: ReactNode }) => (
  <Empty title="No judge yet" action={action}>
    <div className="flex flex-col gap-2 text-left">
      <p>
        The rules find what most thinkings conclude. Where they find nothing, or several things, a judge can read on: a
        language model behind any OpenAI-compatible server. It is blind: it sees the question, its options and the
        thinking, never the answer that was given nor the truth.
      </p>
      <p>Serve one of your own, on a machine with a GPU:</p>
      <pre className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">
        vllm serve Qwen/Qwen3-8B --port 8000 --max-model-len 16384
      </pre>
      <p>
        Then add it with its address, or with that and the key of a hosted one. Add a second one as held out: it decides
        nothing, and says how far the first can be trusted. The guide in docs/judge.md says more.
      </p>
    </div>
  </Empty>
);
