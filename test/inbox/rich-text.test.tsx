// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { RichText } from '../../inbox/components/RichText.tsx';

afterEach(cleanup);

test('links are links that give nothing away, and end where a sentence ends', () => {
  render(<RichText text="See https://acme.example/a?b=1. Or www.acme.com" />);
  const [first] = screen.getAllByRole('link');
  expect(first?.getAttribute('href')).toBe('https://acme.example/a?b=1');
  expect(first?.getAttribute('rel')).toContain('noopener');
  expect(screen.getAllByRole('link')).toHaveLength(2);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<b>x</b>',
  'vbscript:x',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
])('%s is shown as text and nothing else', (text) => {
  const { container } = render(<RichText text={text} />);
  expect(container.textContent).toBe(text);
  expect(container.querySelector('img, [href^="javascript"], [href^="data"]')).toBeNull();
});

test('the words a detail was captured from are marked, also inside a link', () => {
  render(<RichText text="I am Lena, lena@x.co" captured={['Lena', 'lena@x.co']} />);
  expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Lena', 'lena@x.co']);
  expect(screen.getByRole('link').getAttribute('href')).toBe('mailto:lena@x.co');
});

test('letters that change their length when folded do not shift the marks', () => {
  const { container } = render(<RichText text="İİİ lena@x.co" captured={['lena@x.co']} />);
  expect(container.querySelector('mark')?.textContent).toBe('lena@x.co');
});
