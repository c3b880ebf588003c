import { sectionWords } from '../sections/section-words.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';

export const words = {
  zh: { ...chinese, ...sectionWords.zh },
  en: { ...english, ...sectionWords.en },
};
