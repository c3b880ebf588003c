import { defineWords } from '../define-words.ts';
import { chinese } from './chinese.ts';
import { courseChinese, courseEnglish } from './course-words.ts';
import { english } from './english.ts';
import { scarceChinese, scarceEnglish } from './scarce-words.ts';

export const words = defineWords(
  { ...chinese, ...scarceChinese, ...courseChinese },
  { ...english, ...scarceEnglish, ...courseEnglish },
);
