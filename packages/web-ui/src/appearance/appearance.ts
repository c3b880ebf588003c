import { computed, ref, watchEffect } from 'vue';
import { readKept, writeKept } from './kept.ts';

export const textScales = ['normal', 'large', 'larger'] as const;
export const themes = ['system', 'light', 'dark'] as const;
type TextScale = (typeof textScales)[number];
type Theme = (typeof themes)[number];

function readOne<T extends string>(name: string, values: readonly T[], otherwise: T): T {
  return values.find((value) => value === readKept(name)) ?? otherwise;
}

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const isSystemDark = ref(darkSystem.matches);
darkSystem.addEventListener('change', ({ matches }) => {
  isSystemDark.value = matches;
});

export const textScale = ref<TextScale>(readOne('text-scale', textScales, 'normal'));
export const theme = ref<Theme>(readOne('theme', themes, 'system'));
export const isHighContrast = ref(readKept('contrast') === 'high');
export const isDark = computed(
  () => theme.value === 'dark' || (theme.value === 'system' && isSystemDark.value),
);

watchEffect(() => {
  writeKept('text-scale', textScale.value);
  writeKept('theme', theme.value);
  writeKept('contrast', isHighContrast.value ? 'high' : 'usual');
  const { dataset } = document.documentElement;
  dataset.textScale = textScale.value;
  dataset.theme = isDark.value ? 'dark' : 'light';
  dataset.contrast = isHighContrast.value ? 'high' : 'usual';
});
