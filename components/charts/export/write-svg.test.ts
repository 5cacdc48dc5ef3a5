import { expect, test } from 'vitest';
import { escapeXml, type SvgNode, writeSvg } from './write-svg';

const head = { width: 100, height: 50, title: 'Accuracy & <length>', summary: 'From "a" to b', ground: '#ffffff' };
const node = (tag: string, attributes: Record<string, string> = {}, children: SvgNode['children'] = []): SvgNode => ({
  tag,
  attributes,
  children,
});
const body = (...nodes: SvgNode[]): string => writeSvg(head, nodes).split('\n').slice(4, -2).join('\n');

test('a document with its title, its words, its size and its ground', () => {
  expect(writeSvg(head, [])).toBe(
    [
      '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50" role="img">',
      '<title>Accuracy &amp; &lt;length&gt;</title>',
      '<desc>From &quot;a&quot; to b</desc>',
      '<rect width="100" height="50" fill="#ffffff"/>',
      '</svg>',
      '',
    ].join('\n'),
  );
});

test.each([
  ['shapes', node('path', { d: 'M0 0h5', stroke: 'rgb(1, 2, 3)' }), '<path d="M0 0h5" stroke="rgb(1, 2, 3)"/>'],
  ['texts', node('text', { x: '1' }, ['a < b']), '<text x="1">a &lt; b</text>'],
  ['its own patterns', node('rect', { fill: 'url(#h1)' }), '<rect fill="url(#h1)"/>'],
  ['scripts', node('script', {}, ['alert(1)']), ''],
  ['other documents', node('foreignObject', {}, [node('iframe')]), ''],
  ['pictures from elsewhere', node('image', { href: 'https://example.org/x.png' }), ''],
  ['links', node('use', { href: '#x' }), ''],
  ['handlers', node('rect', { onclick: 'alert(1)', width: '5' }), '<rect width="5"/>'],
  ['styles', node('rect', { style: 'fill: red', class: 'x', width: '5' }), '<rect width="5"/>'],
  ['variables', node('rect', { fill: 'var(--ink)', width: '5' }), '<rect width="5"/>'],
  ['references to elsewhere', node('rect', { fill: 'url(https://example.org#a)', width: '5' }), '<rect width="5"/>'],
  ['references dressed up', node('rect', { fill: 'URL( "//example.org" )', width: '5' }), '<rect width="5"/>'],
  ['addresses with a scheme', node('rect', { fill: 'javascript:alert(1)', width: '5' }), '<rect width="5"/>'],
  [
    'quotes that would end an attribute',
    node('text', { 'font-family': '"Inter"' }, ['x']),
    '<text font-family="&quot;Inter&quot;">x</text>',
  ],
  ['groups of nothing', node('g', {}, [node('title')]), ''],
])('%s', (_name, given, expected) => {
  expect(body(given)).toBe(expected);
});

test('a ground that is no colour is left out', () => {
  expect(writeSvg({ ...head, ground: 'var(--surface)' }, [])).not.toContain('<rect');
});

test('what XML has no way to write is dropped', () => {
  expect(escapeXml('a\u0000b\u001bc\ud800d\uffff\te😀')).toBe('abcd\te😀');
});
