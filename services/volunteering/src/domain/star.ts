import { type CivilDate, isoWeekOf } from '@ddp/calendar/civil-date';
import type { StarState } from '@ddp/contracts/volunteering/stars';

/** A star that keeps its level from beginning anew. */
export interface LiveStar {
  id: string;
  level: number;
  state: StarState;
  thresholdMinutes: number;
}

export interface StarMove {
  id: string;
  /** withdraw: before it counted. notice: it counts and is to end. keep: it stays after all. release: refused, and no longer reached. */
  move: 'withdraw' | 'notice' | 'keep' | 'release';
}

/** The highest star that verified minutes reach by the hours of each; 0 for none. */
export function levelOf(minutes: number, starHours: readonly number[]): number {
  return starHours.filter((hours) => minutes >= hours * 60).length;
}

/**
 * What becomes of a person's stars with so many verified minutes. Each is measured by what it took
 * when it was reached, so that a rule that was made harder takes nothing away. Only the highest level
 * that is reached is proposed, where neither it nor a higher one is live.
 */
export function decideStars(
  minutes: number,
  starHours: readonly number[],
  live: readonly LiveStar[],
): { moves: StarMove[]; propose: number | null } {
  const moves = live.flatMap(({ id, state, thresholdMinutes }): StarMove[] => {
    const move = moveOf(state, minutes >= thresholdMinutes);
    return move === null ? [] : [{ id, move }];
  });
  const ended = new Set(
    moves.filter(({ move }) => move === 'withdraw' || move === 'release').map(({ id }) => id),
  );
  const highest = Math.max(0, ...live.filter(({ id }) => !ended.has(id)).map((one) => one.level));
  const level = levelOf(minutes, starHours);
  return { moves, propose: level > highest ? level : null };
}

function moveOf(state: StarState, isReached: boolean): StarMove['move'] | null {
  switch (state) {
    case 'proposed':
    case 'published':
    case 'objected':
      return isReached ? null : 'withdraw';
    case 'active':
      return isReached ? null : 'notice';
    case 'ending':
      return isReached ? 'keep' : null;
    case 'refused':
      return isReached ? null : 'release';
    case 'withdrawn':
    case 'ended':
      return null;
  }
}

const numerals = ['', '一', '二', '三', '四', '五'];

/** What the board says of a star: level and week; it adds community, number and, by consent, a name. */
export function starEntryOf(level: number, on: CivilDate): { title: string; text: string } {
  const [year, week] = isoWeekOf(on).split('-W');
  const name = `${numerals[level] ?? level}星级志愿者`;
  return {
    title: `星级公示：${name}`,
    text: `本社区一位志愿者的核实时长达到标准（${year} 年第 ${Number(week)} 周），拟评为${name}。公示期内有异议，可在本页或到社区提出，由未参与核实这些时长的人员处理。`,
  };
}
