import { decideAmount, type Rule } from './rule.ts';

export interface DayMinutes {
  on: string;
  minutes: number;
}

/** Minutes of each day that the rule counts beside those that other hours have. */
export function countDays(
  { dailyMinutes }: Pick<Rule, 'dailyMinutes'>,
  days: readonly DayMinutes[],
  usedOn: ReadonlyMap<string, number>,
): DayMinutes[] {
  const most = dailyMinutes ?? Number.MAX_SAFE_INTEGER;
  return days.map(({ on, minutes }) => {
    const free = Math.max(0, most - (usedOn.get(on) ?? 0));
    return { on, minutes: Math.min(minutes, free) };
  });
}

/** What counted minutes of a shift earn: rounded down once, whatever days they lie in. */
export function pointsOf(rule: Rule, counted: readonly DayMinutes[]): number {
  const minutes = counted.reduce((sum, day) => sum + day.minutes, 0);
  const decision = decideAmount({ ...rule, dailyMinutes: null }, { minutes });
  if (decision.verdict !== 'decided')
    throw new Error('the rule for volunteering counts no minutes');
  return decision.amountPoints;
}
