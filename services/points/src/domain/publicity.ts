import { type CivilDate, isoWeekOf } from '@ddp/calendar/civil-date';

/** What the public board says of an award before it is granted. */
export interface PublicityTerms {
  ruleTitle: string;
  points: number;
  awardedOn: CivilDate;
  /** How the person wants to be named there; null without their separate consent. */
  nickname: string | null;
}

/** The words of an entry: rule, points and week; the board adds community and number. */
export function entryOf(terms: PublicityTerms): { title: string; text: string } {
  const { ruleTitle, points, awardedOn, nickname } = terms;
  const [year, week] = isoWeekOf(awardedOn).split('-W');
  const who = nickname === null ? '本社区一位居民' : `本社区居民“${nickname}”`;
  return {
    title: `积分公示：${ruleTitle} ${points} 分`,
    text: `${who}因“${ruleTitle}”（${year} 年第 ${Number(week)} 周）拟获 ${points} 分品德积分。公示期内有异议，可在本页或到社区提出，由提出人和同意人以外的人员处理。`,
  };
}
