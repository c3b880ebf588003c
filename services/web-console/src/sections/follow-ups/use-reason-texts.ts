import { listQuestionSets } from '@ddp/contracts/ratings/question-routes';
import { useAnswer } from '@ddp/web-ui/api/use-answer';
import { language } from '@ddp/web-ui/i18n/language';
import { computed } from 'vue';

/** What the reasons of ratings are called, by their codes in the records. */
export function useReasonTexts() {
  const sets = useAnswer(listQuestionSets, { query: { limit: 20 } });
  const texts = computed(
    () =>
      new Map(
        (sets.data.value?.items ?? [])
          .flatMap(({ content }) => content.reasons)
          .map(({ code, text }) => [code, text]),
      ),
  );
  return (code: string) => texts.value.get(code)?.[language.value] ?? code;
}
