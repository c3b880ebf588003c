import type { listRatings } from '@ddp/contracts/ratings/review-routes';
import type { RouteResult } from '@ddp/contracts/route';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Column } from '../../parts/column.ts';
import { useFormat } from '../../parts/use-format.ts';

export type OfficerRating = RouteResult<typeof listRatings>['items'][number];

/** What officers see of ratings: never who gave them. */
export function useRatingColumns() {
  const { t } = useI18n();
  const format = useFormat();
  return computed<Column<OfficerRating>[]>(() => [
    { key: 'subject', title: t('ratings.subject'), text: ({ subjectName }) => subjectName },
    {
      key: 'level',
      title: t('ratings.level'),
      text: ({ level }) => t(`followUps.levels.${level}`),
    },
    { key: 'words', title: t('ratings.words') },
    {
      key: 'rater',
      title: t('ratings.rater'),
      text: (one) => t(`ratings.raters.${one.raterClass}`),
    },
    { key: 'kind', title: t('ratings.kind'), text: ({ kind }) => t(`ratings.kinds.${kind}`) },
    { key: 'area', title: t('ratings.area'), isExtra: true },
    { key: 'state', title: t('ratings.state') },
    { key: 'at', title: t('ratings.ratedAt'), text: ({ ratedAt }) => format.at(ratedAt) },
  ]);
}
