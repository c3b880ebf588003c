import { watch } from 'vue';
import { type Composer, createI18n } from 'vue-i18n';
import { language } from './language.ts';
import { words as ownWords } from './words.ts';

interface Catalogue {
  [key: string]: string | Catalogue;
}

/** Words of an app in both languages: the same keys, or it does not compile. */
interface Words<M extends Catalogue> {
  zh: M;
  en: M;
}

let texts: Composer | null = null;

/** The words of an app with those that all apps have, in the language of the screen. */
export function createTexts<M extends Catalogue>(words: Words<M>) {
  const messages = {
    zh: { ...ownWords.zh, ...words.zh },
    en: { ...ownWords.en, ...words.en },
  };
  const i18n = createI18n({
    legacy: false,
    locale: language.value,
    fallbackLocale: 'zh',
    messages,
  });
  const composer = i18n.global as unknown as Composer;
  texts = composer;
  watch(language, (chosen) => {
    composer.locale.value = chosen;
  });
  return i18n;
}

/** Words of pages that are loaded later, with them, so that a first visit need not wait for them. */
export function addWords<M extends Catalogue>({ zh, en }: Words<M>): void {
  texts?.mergeLocaleMessage('zh', zh);
  texts?.mergeLocaleMessage('en', en);
}
