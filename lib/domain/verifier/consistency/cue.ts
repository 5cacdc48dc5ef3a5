/** Where a thinking may state its conclusion: a phrase such as "the correct answer is" and the place right behind it. */

export type Cue = {
  /** Offset of the phrase in the text. */
  readonly start: number;
  /** Offset from which the conclusion itself is read. */
  readonly valueAt: number;
  /** 2: says what the answer is. 1: says which option something fits. */
  readonly strength: 1 | 2;
  /** Only a letter is meant: what stands there is not looked up among the options' texts. */
  readonly letterOnly: boolean;
  /** "could be": a guess, whatever stands around it. */
  readonly isTentative: boolean;
  /** "B is correct": may speak of a statement B, and of what is not asked for. */
  readonly isJudgement: boolean;
};

export type Traits = Partial<Pick<Cue, 'strength' | 'letterOnly' | 'isTentative' | 'isJudgement'>>;

export type AddCue = (start: number, valueAt: number, traits?: Traits) => void;

/** Hands every match of a global pattern from an offset on to `add`; never stands still on an empty match. */
export const scan = (pattern: RegExp, text: string, from: number, add: (match: RegExpExecArray) => void): void => {
  pattern.lastIndex = from;
  let match = pattern.exec(text);
  while (match) {
    add(match);
    if (pattern.lastIndex === match.index) pattern.lastIndex += 1;
    match = pattern.exec(text);
  }
};

/** Offset behind a match. */
export const behind = (match: RegExpExecArray): number => match.index + match[0].length;
