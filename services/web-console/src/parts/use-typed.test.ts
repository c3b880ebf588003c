import { expect, it } from 'vitest';
import { useTyped } from './use-typed.ts';

it('keeps what was typed about a row for that row alone', () => {
  const { typed, begin, forget } = useTyped(() => ({ verdict: 'rejected', words: '' }));
  begin('one');
  Object.assign(typed, { verdict: 'upheld', words: '写到一半' });
  begin('one');
  expect(typed).toEqual({ verdict: 'upheld', words: '写到一半' });
  begin('two');
  expect(typed).toEqual({ verdict: 'rejected', words: '' });
  typed.words = '另一笔';
  forget();
  expect(typed.words).toBe('');
});
