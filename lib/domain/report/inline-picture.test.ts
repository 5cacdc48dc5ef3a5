import { expect, test } from 'vitest';
import { inlinePicture } from './inline-picture';

const head = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5" viewBox="0 0 10 5" role="img">';

test('a picture of the export stands without its namespace', () => {
  const inner =
    '<title>A &lt;b&gt; onload=1</title><g clip-path="url(#c1)"><path d="M0 0L1 1" stroke="rgb(1, 2, 3)"/></g>';
  expect(inlinePicture(`${head}\n${inner}\n</svg>\n`).toString()).toBe(
    `<svg width="10" height="5" viewBox="0 0 10 5" role="img">\n${inner}\n</svg>`,
  );
});

test.each([
  ['a script', `${head}<script>x</script></svg>`],
  ['HTML inside', `${head}<foreignObject><b/></foreignObject></svg>`],
  ['an event', `${head}<path onload="x"/></svg>`],
  ['an address', `${head}<text href="x">a</text></svg>`],
  ['a style', `${head}<path style="fill:red"/></svg>`],
  ['a picture from elsewhere', `${head}<path fill="url(https://example.com/a)"/></svg>`],
  ['an attribute without quotes', `${head}<path fill=red/></svg>`],
  ['a comment', `${head}<!-- x --></svg>`],
  ['a tag that does not end', `${head}<path`],
  ['no picture', '<p>hello</p>'],
  ['a page after the picture', `${head}</svg><iframe src="x"></iframe>`],
])('refuses %s', (_name, svg) => {
  expect(() => inlinePicture(svg)).toThrow(TypeError);
});
