import { expect, it } from 'vitest';
import { containing, escapeLike } from './like.ts';

it('escapes every character that LIKE reads as something else, and no other', () => {
  expect(escapeLike('100%_\\')).toBe('100\\%\\_\\\\');
  expect(escapeLike("海勃湾's *?[a]")).toBe("海勃湾's *?[a]");
  expect(containing('50%')).toBe('%50\\%%');
});
