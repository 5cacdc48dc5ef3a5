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

/** A cue with its traits; by default one that says outright what the answer is. */
export const cueAt = (start: number, valueAt: number, traits: Traits = {}): Cue => ({
  start,
  valueAt,
  strength: traits.strength ?? 2,
  letterOnly: traits.letterOnly ?? false,
  isTentative: traits.isTentative ?? false,
  isJudgement: traits.isJudgement ?? false,
});

/** The next match of a global pattern from an offset on. */
export const matchFrom = (pattern: RegExp, text: string, from: number): RegExpExecArray | null => {
  pattern.lastIndex = from;
  return pattern.exec(text);
};

/** Offset behind a match, and never its start, so that a search does not stand still. */
export const behind = (match: RegExpExecArray): number => match.index + Math.max(match[0].length, 1);

/** All matches of a global pattern from an offset on. */
export const allFrom = (pattern: RegExp, text: string, from: number): readonly RegExpExecArray[] => {
  const found: RegExpExecArray[] = [];
  for (let match = matchFrom(pattern, text, from); match; match = matchFrom(pattern, text, behind(match))) {
    found.push(match);
  }
  return found;
};

/** The words right before an offset. */
export const before = (text: string, at: number, reach: number): string => text.slice(Math.max(0, at - reach), at);
