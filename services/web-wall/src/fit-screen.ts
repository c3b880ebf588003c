import { onUnmounted, ref } from 'vue';

/** What the wall is drawn for; any screen shows it as large as it fits, in the middle. */
export const designWidth = 1920;
export const designHeight = 1080;

export function useFit() {
  const fit = ref('');
  const measure = () => {
    const scale = Math.min(innerWidth / designWidth, innerHeight / designHeight);
    const left = (innerWidth - designWidth * scale) / 2;
    const top = (innerHeight - designHeight * scale) / 2;
    fit.value = `translate(${left}px, ${top}px) scale(${scale})`;
  };
  measure();
  addEventListener('resize', measure);
  onUnmounted(() => removeEventListener('resize', measure));
  return fit;
}
