/** What comparing one answer with the truth gave. */
export type AnswerScore = {
  /** `r_a` in [0, 1]. */
  readonly score: number;
  /** One sentence for people. */
  readonly reason: string;
};
