import { certificateLevels } from '@ddp/contracts/directory/certificates';
import { ruleBases } from '@ddp/contracts/points/rule-schemas';
import { redemptionFailures } from '@ddp/contracts/rewards/schemas';
import { certificateFailures } from '@ddp/contracts/volunteering/certificates';
import { expect, it } from 'vitest';
import { gapsOf } from '../domain/fill-gaps.ts';
import { catalogues } from './catalogue.ts';

const { zh, en } = catalogues;

it('has the same messages, texts and words in both languages, with the same gaps', () => {
  const shape = (catalogue: typeof zh) => ({
    messages: Object.entries(catalogue.messages)
      .map(([template, { title, text }]) => [template, gapsOf(title), gapsOf(text)])
      .sort(),
    texts: Object.entries(catalogue.texts).map(([template, text]) => [template, gapsOf(text)]),
    words: Object.keys(catalogue.words).sort(),
  });
  expect(shape(zh)).toEqual(shape(en));
});

it('has words for every rule, reason and level that services send', () => {
  const reasons = [...redemptionFailures, ...certificateFailures];
  for (const word of [...ruleBases, ...reasons, ...certificateLevels]) {
    expect(Object.hasOwn(zh.words, word), word).toBe(true);
  }
});
