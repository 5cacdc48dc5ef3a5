/** Hands a file to the person, as if it had been downloaded. */

const LATER_MS = 10_000;

/** A name that every file system takes; `chart` where nothing of it is left. */
export const fileName = (name: string, ending: string): string =>
  `${
    name
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 100)
      .toLowerCase() || 'chart'
  }.${ending}`;

export const saveFile = (content: Blob, name: string): void => {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), LATER_MS);
};
