import { language } from '@ddp/web-ui/i18n/language';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Column } from '../../parts/column.ts';
import { useFormat } from '../../parts/use-format.ts';
import type { Rule } from './use-rules.ts';

/** A version of a rule as a row. */
export function useRuleColumns() {
  const { t } = useI18n();
  const format = useFormat();
  const from = (points: number | null) =>
    points === null ? t('points.never') : t('points.from', { points });
  const amountOf = ({ leastPoints: least, mostPoints: most }: Rule) =>
    least === most
      ? t('points.ruleFixed', { points: least })
      : t('points.ruleRange', { least, most });
  function capsOf({ dailyCap, monthlyCap }: Rule): string {
    const caps = [
      dailyCap === null ? '' : t('points.capDay', { count: dailyCap }),
      monthlyCap === null ? '' : t('points.capMonth', { count: monthlyCap }),
    ];
    return caps.filter(Boolean).join('、') || t('points.noCap');
  }
  const optionsOf = ({ options }: Rule) =>
    (options ?? []).map((one) => `${one[language.value]} ${one.points}`).join('、') || '—';
  return computed<Column<Rule>[]>(() => [
    { key: 'rule', title: t('points.rule'), text: ({ title }) => title[language.value] },
    { key: 'basis', title: t('points.basis'), text: ({ basis }) => t(`points.bases.${basis}`) },
    { key: 'points', title: t('points.points'), text: amountOf },
    { key: 'options', title: t('points.optionPoints'), text: optionsOf, isExtra: true },
    { key: 'caps', title: t('points.capsTitle'), text: capsOf },
    {
      key: 'approval',
      title: t('points.approvalFrom'),
      text: (one) => from(one.approvalFromPoints),
    },
    {
      key: 'board',
      title: t('points.publicityFrom'),
      text: (one) => from(one.publicityFromPoints),
    },
    {
      key: 'days',
      title: t('points.publicityDays'),
      text: ({ publicityDays }) => String(publicityDays),
      isNumber: true,
      isExtra: true,
    },
    { key: 'fromOn', title: t('points.fromOn'), text: ({ fromOn }) => format.day(fromOn) },
    {
      key: 'toOn',
      title: t('points.ruleToOn'),
      text: ({ toOn }) => (toOn === null ? t('points.untilNext') : format.day(toOn)),
      isExtra: true,
    },
    {
      key: 'version',
      title: t('points.version'),
      text: ({ isDefault, version }) => (isDefault ? t('points.isDefault') : String(version)),
    },
  ]);
}
