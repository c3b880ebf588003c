import { board } from './board/section.ts';
import { codes } from './codes/section.ts';
import { directory } from './directory/section.ts';
import { elders } from './elders/section.ts';
import { followUps } from './follow-ups/section.ts';
import { operations } from './operations/section.ts';
import { overview } from './overview/section.ts';
import { points } from './points/section.ts';
import { ratings } from './ratings/section.ts';
import { rewards } from './rewards/section.ts';
import type { Section } from './section.ts';
import { volunteering } from './volunteering/section.ts';
import { walls } from './walls/section.ts';

/** The menu from top to bottom. */
export const sections: readonly Section[] = [
  overview,
  followUps,
  ratings,
  codes,
  points,
  board,
  rewards,
  volunteering,
  elders,
  directory,
  walls,
  operations,
];
