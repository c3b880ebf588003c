import { expect, it } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

const from = (headers: Record<string, string>, hasSession = true) =>
  isSameOrigin(new Headers(headers), 'ddp.example', hasSession);

it('lets our own pages change things, and programs without a session', () => {
  expect(from({ origin: 'https://ddp.example' })).toBe(true);
  expect(from({ 'sec-fetch-site': 'same-origin' })).toBe(true);
  expect(from({}, false)).toBe(true);
});

it('refuses other sites, broken origins, and a session that does not say where it comes from', () => {
  expect(from({ origin: 'https://evil.example' })).toBe(false);
  expect(from({ origin: 'null' })).toBe(false);
  expect(from({ 'sec-fetch-site': 'cross-site' }, false)).toBe(false);
  expect(from({ 'sec-fetch-site': 'same-site', origin: 'https://ddp.example' })).toBe(false);
  expect(from({})).toBe(false);
});
