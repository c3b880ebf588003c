import { listRules } from '@ddp/contracts/points/rule-routes';
import type { RouteResult } from '@ddp/contracts/route';
import { useList } from '@ddp/web-ui/api/use-list';
import { language } from '@ddp/web-ui/i18n/language';

export type Rule = RouteResult<typeof listRules>['items'][number];

/** The rules in force, and what they are called. */
export function useRules() {
  const rules = useList(listRules, { query: { limit: 100 } });
  function titleOf(rule: string): string {
    return rules.items.value.find((one) => one.rule === rule)?.title[language.value] ?? rule;
  }
  return { rules, titleOf };
}
