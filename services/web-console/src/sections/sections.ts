import { followUps } from './follow-ups/section.ts';
import type { Section } from './section.ts';

/** The menu from top to bottom. */
export const sections: readonly Section[] = [followUps];
