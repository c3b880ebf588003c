import { defineWords } from '../define-words.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';

export const words = defineWords(chinese, english);
