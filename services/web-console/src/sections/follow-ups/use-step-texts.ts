import type { readFollowUp } from '@ddp/contracts/ratings/follow-up-routes';
import type { RouteResult } from '@ddp/contracts/route';
import { useI18n } from 'vue-i18n';
import type { Happening } from '../../parts/history-list.vue';

type Step = RouteResult<typeof readFollowUp>['steps'][number];
const warnings: readonly Step['step'][] = ['overdue', 'climbed', 'appealed'];

/** A history in words: who did what. */
export function useStepTexts() {
  const { t, te } = useI18n();

  function roleText(personId: string | null, role: string | null): string {
    if (role !== null && te(`roles.${role}`)) return t(`roles.${role}`);
    return personId === null ? t('who.clock') : '';
  }

  function codeText(code: string): string {
    const key = ['outcomes', 'ways', 'clocks'].find((one) => te(`followUps.${one}.${code}`));
    return key === undefined ? code : t(`followUps.${key}.${code}`);
  }

  function happeningOf({ step, at, personId, role, code, words }: Step): Happening {
    const what = t(`followUps.steps.${step}`);
    return {
      at,
      what: code === null ? what : `${what}：${codeText(code)}`,
      personId,
      role: roleText(personId, role),
      words,
      isWarning: warnings.includes(step),
    };
  }
  return { happeningOf };
}
