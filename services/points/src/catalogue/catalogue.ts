import type { Language } from '@ddp/contracts/language';
import type { Catalogue } from './catalogue-form.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

export const catalogues: Record<Language, Catalogue> = { zh: zhCn, en };
