/**
 * Porter's stemmer with the extensions of NLTK's default mode, which Python's `rouge_score` uses. Written from the
 * published rules so that ROUGE agrees with that package; every step looks at the word a constant number of times,
 * so a word of any length is stemmed in linear time.
 *
 * Source: M. Porter, "An algorithm for suffix stripping", Program 14.3 (1980); NLTK `nltk.stem.porter`.
 */

const irregular: ReadonlyMap<string, string> = new Map([
  ['sky', 'sky'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['news', 'news'],
  ['innings', 'inning'],
  ['inning', 'inning'],
  ['outings', 'outing'],
  ['outing', 'outing'],
  ['cannings', 'canning'],
  ['canning', 'canning'],
  ['howe', 'howe'],
  ['proceed', 'proceed'],
  ['exceed', 'exceed'],
  ['succeed', 'succeed'],
]);

type Suffix = readonly [suffix: string, replacement: string];

const step2Suffixes: readonly Suffix[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['fulli', 'ful'],
];

const step3Suffixes: readonly Suffix[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
];

const step4Suffixes: readonly string[] = [
  'al',
  'ance',
  'ence',
  'er',
  'ic',
  'able',
  'ible',
  'ant',
  'ement',
  'ment',
  'ent',
  'ion',
  'ou',
  'ism',
  'ate',
  'iti',
  'ous',
  'ive',
  'ize',
];

const isVowelLetter = (letter: string): boolean =>
  letter === 'a' || letter === 'e' || letter === 'i' || letter === 'o' || letter === 'u';

/** Consonant or not, per letter: a `y` is one at the start and after a vowel. */
const consonants = (word: string): readonly boolean[] => {
  const flags: boolean[] = [];
  let previous = false;
  for (let i = 0; i < word.length; i += 1) {
    const letter = word.charAt(i);
    previous = letter === 'y' ? !previous : !isVowelLetter(letter);
    flags.push(previous);
  }
  return flags;
};

/** Porter's `m`: how often a vowel is followed by a consonant. */
const measureOf = (stem: string): number => {
  const flags = consonants(stem);
  let count = 0;
  for (let i = 1; i < flags.length; i += 1) if (flags[i] && !flags[i - 1]) count += 1;
  return count;
};

const hasVowel = (stem: string): boolean => consonants(stem).includes(false);

const endsWithDoubleConsonant = (word: string): boolean =>
  word.at(-1) === word.at(-2) && consonants(word).at(-1) === true;

/** A stem of measure 1 that lost its `e`: two letters, or consonant, vowel and consonant at the end. */
const isShort = (stem: string): boolean => {
  if (measureOf(stem) !== 1) return false;
  if (stem.length === 2) return true;
  const flags = consonants(stem);
  const closes = flags.at(-3) === true && flags.at(-2) === false && flags.at(-1) === true;
  return closes && !'wxy'.includes(stem.charAt(stem.length - 1));
};

const cut = (word: string, suffix: string, replacement = ''): string => word.slice(0, -suffix.length) + replacement;

const step1a = (word: string): string => {
  if (word.endsWith('ies')) return cut(word, 'ies', word.length === 4 ? 'ie' : 'i');
  if (word.endsWith('sses')) return cut(word, 'es');
  if (word.endsWith('ss') || !word.endsWith('s')) return word;
  return cut(word, 's');
};

const step1b = (word: string): string => {
  if (word.endsWith('ied')) return cut(word, 'ied', word.length === 4 ? 'ie' : 'i');
  if (word.endsWith('eed')) return measureOf(cut(word, 'eed')) > 0 ? cut(word, 'd') : word;
  const suffix = ['ed', 'ing'].find((ending) => word.endsWith(ending) && hasVowel(cut(word, ending)));
  return suffix === undefined ? word : repairStem(cut(word, suffix));
};

const repairStem = (stem: string): string => {
  if (stem.endsWith('at') || stem.endsWith('bl') || stem.endsWith('iz')) return `${stem}e`;
  if (endsWithDoubleConsonant(stem)) return 'lsz'.includes(stem.charAt(stem.length - 1)) ? stem : stem.slice(0, -1);
  return isShort(stem) ? `${stem}e` : stem;
};

const step1c = (word: string): string => {
  const stem = word.slice(0, -1);
  return word.endsWith('y') && stem.length > 1 && consonants(stem).at(-1) === true ? `${stem}i` : word;
};

const replaceFirst = (word: string, suffixes: readonly Suffix[]): string | undefined => {
  const rule = suffixes.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return undefined;
  const stem = cut(word, rule[0]);
  return measureOf(stem) > 0 ? stem + rule[1] : word;
};

const step2 = (word: string): string => {
  if (word.endsWith('alli') && measureOf(cut(word, 'alli')) > 0) return step2(cut(word, 'alli', 'al'));
  const replaced = replaceFirst(word, step2Suffixes);
  if (replaced !== undefined) return replaced;
  return word.endsWith('logi') && measureOf(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
};

const step3 = (word: string): string => replaceFirst(word, step3Suffixes) ?? word;

const step4 = (word: string): string => {
  const suffix = step4Suffixes.find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const stem = cut(word, suffix);
  const allowed = suffix !== 'ion' || stem.endsWith('s') || stem.endsWith('t');
  return allowed && measureOf(stem) > 1 ? stem : word;
};

const step5 = (word: string): string => {
  let result = word;
  if (word.endsWith('e')) {
    const stem = word.slice(0, -1);
    if (measureOf(stem) > 0 && !isShort(stem)) result = stem;
  }
  return result.endsWith('ll') && measureOf(result) > 1 ? result.slice(0, -1) : result;
};

/** The stem of a lower-case word, as NLTK's `PorterStemmer().stem` gives it. */
export const porterStem = (word: string): string => {
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (word.length <= 2) return word;
  return step5(step4(step3(step2(step1c(step1b(step1a(word)))))));
};
