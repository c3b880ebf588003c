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

const readScale = () => readOne<TextScale>('text-scale', textScales, 'normal');
const readTheme = () => readOne<Theme>('theme', themes, 'system');
const readContrast = () => readKept('contrast') === 'high';

export const textScale = ref(readScale());
export const theme = ref(readTheme());
export const isHighContrast = ref(readContrast());
// Chosen in one window, it holds in the others too.
addEventListener('storage', () => {
  textScale.value = readScale();
  theme.value = readTheme();
  isHighContrast.value = readContrast();
});
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
