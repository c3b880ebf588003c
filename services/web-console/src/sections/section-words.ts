import { words as board } from './board/words.ts';
import { words as codes } from './codes/words.ts';
import { words as directory } from './directory/words.ts';
import { words as elders } from './elders/words.ts';
import { words as followUps } from './follow-ups/words.ts';
import { words as operations } from './operations/words.ts';
import { words as overview } from './overview/words.ts';
import { words as points } from './points/words.ts';
import { words as questions } from './ratings/question-words.ts';
import { words as ratings } from './ratings/words.ts';
import { words as rewards } from './rewards/words.ts';
import { words as volunteering } from './volunteering/words.ts';
import { words as walls } from './walls/words.ts';

/** The words of each section under its name. */
const all = {
  overview,
  followUps,
  ratings,
  questions,
  codes,
  points,
  board,
  rewards,
  volunteering,
  elders,
  directory,
  walls,
  operations,
};

type Name = keyof typeof all;
type Words<L extends 'zh' | 'en'> = { [N in Name]: (typeof all)[N][L] };

function wordsIn<L extends 'zh' | 'en'>(language: L): Words<L> {
  const named = Object.entries(all).map(([name, words]) => [name, words[language]]);
  return Object.fromEntries(named) as Words<L>;
}

export const sectionWords = { zh: wordsIn('zh'), en: wordsIn('en') };
