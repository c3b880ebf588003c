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
  watch(language, (chosen) => {
    composer.locale.value = chosen;
  });
  return i18n;
}
