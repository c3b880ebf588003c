import { phoneSchema } from '@ddp/contracts/primitives';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { speakBothLanguages, splitMessage } from './field-messages.ts';

speakBothLanguages();

function messageOf(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value);
  return splitMessage(error?.issues[0]?.message ?? '');
}

it('tells a fault in Chinese and in English, those of the house and those of the library', () => {
  expect(messageOf(phoneSchema, '1')).toEqual({
    zh: '11 位手机号',
    en: 'a mobile number of 11 digits',
  });
  const { zh, en } = messageOf(z.string().min(4), 'a');
  expect(zh).toMatch(/[\u4e00-\u9fff]/);
  expect(en).toMatch(/^Too small/);
});

it('shows a text that has no second language in both', () => {
  expect(splitMessage('学位')).toEqual({ zh: '学位', en: '学位' });
});
