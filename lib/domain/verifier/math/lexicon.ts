/** The words, commands and marks that the reader of mathematics knows. */

/** Names of functions that take one argument, in brackets or beside them. */
export const functionNames: ReadonlySet<string> = new Set(
  (
    'sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arccot asin acos atan ln log lg exp sqrt abs ' +
    'cbrt floor ceil det max min gcd lcm arg re im sgn'
  ).split(' '),
);

/** Functions only as commands: without a backslash these are letters that are multiplied. */
export const onlyCommands: ReadonlySet<string> = new Set(['re', 'im', 'arg', 'det', 'lg']);

/** Letters and signs that have a name of their own. */
export const constantNames: ReadonlySet<string> = new Set(
  (
    'pi infinity alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta kappa lambda mu nu xi rho sigma ' +
    'tau phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega infty ell hbar nabla partial ' +
    'imath emptyset varnothing'
  ).split(' '),
);

/** Words between answers, by the mark that they stand for. */
export const wordMarks: Readonly<Record<string, string>> = { or: 'or', and: ',', union: 'cup', mod: 'mod', in: 'in' };

/** Commands that are only marks. */
export const commandMarks: Readonly<Record<string, string>> = {
  times: '*',
  cdot: '*',
  ast: '*',
  div: '/',
  pm: 'pm',
  mp: 'mp',
  le: '<=',
  leq: '<=',
  leqslant: '<=',
  ge: '>=',
  geq: '>=',
  geqslant: '>=',
  ne: '!=',
  neq: '!=',
  lt: '<',
  gt: '>',
  cup: 'cup',
  cap: 'cap',
  in: 'in',
  setminus: 'setminus',
  backslash: 'setminus',
  to: 'to',
  rightarrow: 'to',
  approx: '=',
  simeq: '=',
  equiv: '=',
  colon: ':',
  vert: '|',
  lvert: '|',
  rvert: '|',
  mid: '|',
  lbrace: '\\{',
  rbrace: '\\}',
  lfloor: 'lfloor',
  rfloor: 'rfloor',
  lceil: 'lceil',
  rceil: 'rceil',
  circ: '°',
  degree: '°',
  percent: '%',
  lor: 'or',
  vee: 'or',
  land: ',',
  wedge: ',',
  bmod: 'mod',
  prime: "'",
  langle: '(',
  rangle: ')',
  lbrack: '[',
  rbrack: ']',
  bullet: '*',
  lparen: '(',
  rparen: ')',
};

/** Commands that say how something looks. */
export const ignored: ReadonlySet<string> = new Set(
  (
    'left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle displaystyle textstyle ' +
    'scriptstyle limits nolimits quad qquad hspace mathstrut strut phantom'
  ).split(' '),
);

/** Commands that dress what follows and change nothing. */
export const transparent: ReadonlySet<string> = new Set(
  'boxed fbox mathbf boldsymbol bm mathit mathcal mathsf vec hat bar overrightarrow widehat tilde dot underline'.split(
    ' ',
  ),
);
/** Commands whose argument is words, or an upright name. */
export const wordCommands: ReadonlySet<string> = new Set(
  'text textbf textit textrm mbox mathrm operatorname textnormal textsf unit si hbox rm'.split(' '),
);
/** Commands that take arguments. */
export const structural: ReadonlySet<string> = new Set(
  'frac dfrac tfrac cfrac binom dbinom tbinom sqrt overline sum prod int iint lim begin end'.split(' '),
);

/** Typographic marks and separators, by what they stand for. */
export const marks: readonly (readonly [RegExp, string])[] = [
  [/√/g, ' sqrt '],
  [/[×⋅·∙]/g, '*'],
  [/÷/g, '/'],
  [/[−–﹣－]/g, '-'],
  [/≤|⩽|=<|≦/g, '<='],
  [/≥|⩾|≧/g, '>='],
  [/≠/g, '!='],
  [/∞/g, '\\infty '],
  [/π/g, '\\pi '],
  [/θ/g, '\\theta '],
  [/α/g, '\\alpha '],
  [/β/g, '\\beta '],
  [/λ/g, '\\lambda '],
  [/μ/g, '\\mu '],
  [/ω/g, '\\omega '],
  [/σ/g, '\\sigma '],
  [/Δ/g, '\\Delta '],
  [/±/g, '\\pm '],
  [/∓/g, '\\mp '],
  [/∪/g, '\\cup '],
  [/∩/g, '\\cap '],
  [/∈/g, '\\in '],
  [/[∅⌀]/g, '\\emptyset '],
  [/ℝ/g, '\\mathbb{R}'],
  [/½/g, '\\frac{1}{2}'],
  [/¼/g, '\\frac{1}{4}'],
  [/¾/g, '\\frac{3}{4}'],
  [/⅓/g, '\\frac{1}{3}'],
  [/⅔/g, '\\frac{2}{3}'],
  [/[⁄∕]/g, '/'],
  [/[≈≃]/g, '='],
  [/º/g, '°'],
  [/（/g, '('],
  [/）/g, ')'],
  [/，/g, ','],
  [/\*\*/g, '^'],
  [/\\\$|\$|`/g, ' '],
  [/\{,\}/g, ''],
  [/[\u00a0\u2009\u202f\u2007]/g, ' '],
  [/…/g, '...'],
];
