/** What pip is doing, out of the lines it prints. Lines it may print tomorrow say nothing, and that is no fault. */

const RULES: readonly (readonly [RegExp, (name: string, size: string | undefined) => string])[] = [
  [
    /^Downloading (?:\S*\/)?([A-Za-z0-9_.]+)-\d\S*(?: \(([\d.]+ [kMG]B)\))?/,
    (name, size) => `downloading ${name}${size ? ` (${size})` : ''}`,
  ],
  [/^(?:Using cached|Processing) (?:\S*\/)?([A-Za-z0-9_.]+)-\d\S*/, (name) => `taking ${name}, which is here already`],
  [/^Collecting ([A-Za-z0-9_.-]+)/, (name) => `looking for ${name}`],
  [/^Installing collected packages: (.*)/, (names) => `unpacking ${names.split(',').length} packages`],
  [/^Obtaining (?:file:)/, () => 'preparing the trainer itself'],
];

const MOST_CHARS = 2_000;

/** `Collecting torch==2.13.0` → `looking for torch`; undefined for lines that say nothing to a person. */
export const pipProgress = (line: string): string | undefined => {
  const text = line.trim().slice(0, MOST_CHARS);
  for (const [pattern, say] of RULES) {
    const found = pattern.exec(text);
    if (found) return say(found[1] ?? '', found[2]);
  }
  return undefined;
};
