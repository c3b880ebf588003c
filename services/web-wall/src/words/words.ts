import { chinese } from './chinese.ts';
import { english } from './english.ts';

export const words = { zh: chinese, en: english };
