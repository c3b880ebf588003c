import { followUps } from './follow-ups/section.ts';
import { rewards } from './rewards/section.ts';
import type { Section } from './section.ts';
import { walls } from './walls/section.ts';

/** The menu from top to bottom. */
export const sections: readonly Section[] = [followUps, rewards, walls];
