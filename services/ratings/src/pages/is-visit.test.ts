import { expect, it } from 'vitest';
import { isVisit } from './is-visit.ts';

const phone =
  'Mozilla/5.0 (Linux; Android 9; vivo X21A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.44';
const look = (agent: string | null, more: Record<string, string> = {}, method = 'GET') =>
  isVisit({ method, headers: new Headers({ ...(agent ? { 'user-agent': agent } : {}), ...more }) });

it.each([
  phone,
  'Mozilla/5.0 (iPhone; CPU iPhone OS 16_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.42',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
])('counts a person with %s', (agent) => {
  expect(look(agent)).toBe(true);
});

it.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0',
  'curl/8.4.0',
  'python-requests/2.31',
  'okhttp/4.9',
  'node',
  null,
])('counts no program: %s', (agent) => {
  expect(look(agent)).toBe(false);
});

it('counts neither HEAD nor what a browser fetches ahead', () => {
  expect(look(phone, {}, 'HEAD')).toBe(false);
  expect(look(phone, { 'sec-purpose': 'prefetch;prerender' })).toBe(false);
  expect(look(phone, { purpose: 'prefetch' })).toBe(false);
});
