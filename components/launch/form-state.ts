import { type ActionDispatch, createContext, use } from 'react';
import type { Defaults, Draft, DraftAct } from '@/lib/domain/loop/draft';
import type { Checked } from '@/lib/domain/loop/draft-plan';

/** What every part of the form reads and acts on. */
export type FormState = {
  readonly draft: Draft;
  readonly defaults: Defaults;
  readonly problems: Checked['problems'];
  readonly act: ActionDispatch<[DraftAct]>;
};

export const FormContext = createContext<FormState | null>(null);

/** The form that this part belongs to. Throws outside of one. */
export const useForm = (): FormState => {
  const state = use(FormContext);
  if (!state) throw new Error('a part of the launch form stands outside of it');
  return state;
};
