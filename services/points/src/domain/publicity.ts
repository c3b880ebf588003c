import { type CivilDate, isoWeekOf } from '@ddp/calendar/civil-date';

/** What the public board says of an award before it is granted. */
export interface PublicityTerms {
  ruleTitle: string;
  points: number;
  awardedOn: CivilDate;
}

/** The words of an entry: rule, points and week; the board adds community, number and, by consent, a name. */
export function entryOf(terms: PublicityTerms): { title: string; text: string } {
  const { ruleTitle, points, awardedOn } = terms;
  const [year, week] = isoWeekOf(awardedOn).split('-W');
  return {
    title: `积分公示：${ruleTitle} ${points} 分`,
    text: `本社区一位居民因“${ruleTitle}”（${year} 年第 ${Number(week)} 周）拟获 ${points} 分品德积分。公示期内有异议，可在本页或到社区提出，由提出人和同意人以外的人员处理。`,
  };
}
