/** LaTeX and typographic marks as plain characters, for reading numbers and for comparing expressions as text. */

const WRAPPERS = /\\(?:text|mathrm|mathbf|textbf|mathit|operatorname|boxed|fbox|mathsf|textrm)\s?\{([^{}]*)\}/g;

/**
 * `\frac{24}{7}` becomes `(24)/(7)`, `\(3.5\,\text{m}\)` becomes `3.5 m`. Wrappers are resolved three levels deep,
 * deeper than written answers go; what is not known stays as it is.
 */
export const plainMath = (text: string): string => {
  let plain = text
    .replace(/[−–﹣－]/g, '-')
    .replace(/[\u00a0\u2009\u202f\u2007]/g, ' ')
    .replace(/[≈≃]/g, '=')
    // Data sets lose the backslash of `\\frac` and `\\boxed` to JSON, where it makes a form feed and a backspace.
    .replaceAll('\u000crac', '\\frac')
    .replaceAll('\u0008oxed', '\\boxed');
  if (plain.includes('\\') || plain.includes('{')) plain = plainLatex(plain);
  return plain.replace(/\*\*/g, ' ').replace(/[`$]/g, ' ').trim();
};

const plainLatex = (text: string): string => {
  let plain = text
    .replace(/\\(?:left|right|displaystyle|bigl|bigr|Bigl|Bigr)(?![a-zA-Z])/g, '')
    .replace(/\\[()[\]]/g, ' ')
    .replace(/\\[,;:!> ]/g, ' ')
    .replace(/\{,\}/g, ',')
    .replace(/\\([%$#&_])/g, '$1')
    .replace(/\\(?:times|cdot)(?![a-zA-Z])/g, '×')
    .replace(/\\(?:approx|simeq|sim)(?![a-zA-Z])/g, '=')
    .replace(/\^?\s?\{?\\circ(?![a-zA-Z])\}?/g, '°')
    .replace(/\\(?:Omega|ohm)(?![a-zA-Z])/g, 'Ω')
    .replace(/\\pi(?![a-zA-Z])/g, 'π')
    .replace(/\\infty(?![a-zA-Z])/g, '∞')
    .replace(/\\[dt]?frac\s?(\d)\s?(\d)/g, ' ($1)/($2) ');
  for (let depth = 0; depth < 3 && plain.includes('{'); depth += 1) {
    plain = plain
      .replace(/\\[dt]?frac\s?\{([^{}]*)\}\s?\{([^{}]*)\}/g, ' ($1)/($2) ')
      .replace(WRAPPERS, ' $1 ')
      .replace(/\^\s?\{([^{}]*)\}/g, '^($1)');
  }
  return plain;
};
