/** A text in the two languages of the house; Chinese is the default. */
export interface Localized {
  zh: string;
  en: string;
}

export type Language = keyof Localized;

/** The reader's language from an Accept-Language header: English only when it is asked for first. */
export function languageOf(acceptLanguage: string | null | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh';
}
