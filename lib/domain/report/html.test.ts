import { expect, test } from 'vitest';
import { escapeHtml, html } from './html';

test.each([
  ['a script', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['the end of an attribute', '" onload="x', '&quot; onload=&quot;x'],
  ['the end of an attribute in single quotes', "' onload='x", '&#39; onload=&#39;x'],
  ['what is escaped already', '&lt;', '&amp;lt;'],
  ['an old browser’s quote', '`x`', '&#96;x&#96;'],
  ['control characters', 'a\u0000b\u001bc\u009fd', 'abcd'],
  ['line ends and tabs', 'a\n\tb', 'a\n\tb'],
  ['half of a pair', 'a\ud800b', 'ab'],
  ['a whole pair', '🎥', '🎥'],
])('%s is text', (_name, text, expected) => {
  expect(escapeHtml(text)).toBe(expected);
});

test('a template escapes what it is given, once, and leaves its own parts', () => {
  const name = '<b>&';
  expect(html`<p title="${name}">${html`<i>${name}</i>`}${[html`1`, html`2`]}${null}${3}</p>`.toString()).toBe(
    '<p title="&lt;b&gt;&amp;"><i>&lt;b&gt;&amp;</i>123</p>',
  );
});
