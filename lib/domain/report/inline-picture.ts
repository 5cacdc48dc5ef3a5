/** An exported chart inside a document. */
import { Html } from './html';

const tags = 'svg|g|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|defs|pattern|clipPath|title|desc';
const opening = new RegExp(`^<(?:${tags})((?: [A-Za-z][\\w-]*="[^"<>]*")*)/?>$`);
const closing = new RegExp(`^</(?:${tags})>$`);
/** What runs, loads or restyles. */
const refused = / (?:on\w*|href|src|style|xmlns\w*)=|url\((?!#)|javascript:/i;

const isPlain = (tag: string): boolean => {
  if (closing.test(tag)) return true;
  const attributes = opening.exec(tag)?.[1];
  return attributes !== undefined && !refused.test(attributes);
};

/**
 * The SVG of the kit's export as a part of HTML, where it needs no namespace. Its texts are escaped already, so that
 * every `<` begins a tag.
 *
 * @throws TypeError for what the export does not write: elements and attributes that run, load or restyle.
 */
export const inlinePicture = (svg: string): Html => {
  const own = svg.trim().replace(/^<svg xmlns="[^"]*"/, '<svg');
  const between = own.replaceAll(/<[^<>]*>/g, '');
  const isSafe = own.startsWith('<svg ') && !/[<>]/.test(between) && (own.match(/<[^<>]*>/g) ?? []).every(isPlain);
  if (!isSafe) throw new TypeError('Only pictures that the export of charts wrote can stand in a report');
  return new Html(own);
};
