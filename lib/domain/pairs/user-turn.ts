/** The user turn that a pair is trained under: the question as people read it, and how to reply. */
import { type Kind, optionLetter, type QuestionCore } from '@/lib/domain/question';

const answerForms: Record<Kind, string> = {
  choice: 'Give only the letter of the option in the answer block.',
  number: 'Give only the number in the answer block.',
  regression: 'Give only the number in the answer block.',
  math: 'Give only the final result in the answer block.',
  ocr: 'Give only the transcribed text in the answer block.',
  text: 'Give only the answer text in the answer block.',
};

/** Said after the question unless the export names another instruction. */
export const defaultInstruction = (kind: Kind): string =>
  `Think step by step between <think> and </think>, then answer between <answer> and </answer>. ${answerForms[kind]}`;

/**
 * Prompt, lettered options and the instruction, each on lines of their own. `instruction` null takes the default of
 * the kind; an empty one leaves it out, for prompts that carry their own.
 */
export const userTurn = (
  { kind, prompt, options }: Omit<QuestionCore, 'truth'>,
  instruction: string | null,
): string => {
  const lettered = options.map((option, index) => `${optionLetter(index)}. ${option}`);
  return [prompt, ...(lettered.length > 0 ? ['Options:', ...lettered] : []), instruction ?? defaultInstruction(kind)]
    .filter((line) => line !== '')
    .join('\n');
};
