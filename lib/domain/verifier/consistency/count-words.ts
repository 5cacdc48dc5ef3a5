/** Small counts in words, where they count: `there are two chairs`, `一共有三把椅子`. */

const counts = (
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen twenty'
).split(' ');
const words = counts.slice(1).join('|');
const countWords = new RegExp(
  `(\\b(?:there (?:is|are)|only|just|have|has|exactly|total of|are indeed|are)\\s+(?:only |just |indeed |exactly )?)(no|${words})\\b|(^[^\\p{L}\\d]{0,4}(?:only |just |exactly |about )?)(${words})\\b(?! of\\b)`,
  'giu',
);

const wideCounts = '零一二三四五六七八九十';
const wideCountWords = /([有是为共])\s?([一二两三四五六七八九十])(?=[个把只张条辆人本件位名次台座棵])/g;

/** `there are two chairs` as `there are 2 chairs`; words such as `one` only where they count. */
export const withDigits = (text: string): string =>
  /\d/.test(text)
    ? text
    : text
        .replace(wideCountWords, (_match, verb: string, count: string) => verb + wideCount(count))
        .replace(
          countWords,
          (_match, verb: string | undefined, counted: string | undefined, lead: string | undefined, first = '') =>
            `${verb ?? lead ?? ''}${counts.indexOf((counted ?? first).toLowerCase())}`,
        );

const wideCount = (count: string): number => (count === '两' ? 2 : wideCounts.indexOf(count));
