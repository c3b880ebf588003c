import type { Language } from '@ddp/contracts/language';
import { ref, watchEffect } from 'vue';
import { readKept, writeKept } from '../appearance/kept.ts';

function firstLanguage(): Language {
  const kept = readKept('language');
  if (kept === 'zh' || kept === 'en') return kept;
  return /^en\b/i.test(navigator.language) ? 'en' : 'zh';
}

/** The language of the screen: the one that was chosen, else the browser's, Chinese unless it is English. */
export const language = ref<Language>(firstLanguage());

watchEffect(() => {
  writeKept('language', language.value);
  document.documentElement.lang = language.value === 'en' ? 'en' : 'zh-CN';
});
