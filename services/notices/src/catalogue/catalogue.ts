import type { Language } from '@ddp/contracts/language';
import type { Template } from '@ddp/contracts/notices/schemas';
import type { Catalogue } from './catalogue-form.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

export const catalogues: Record<Language, Catalogue> = { zh: zhCn, en };

/** Messages that also go out as a text message: they are rare, and somebody waits for them. */
export const textedTemplates: ReadonlySet<Template> = new Set([
  'redemption-failed',
  'objection-answered',
]);
