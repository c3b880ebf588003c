import { onUnmounted, ref } from 'vue';

const halfMinuteMs = 30_000;

/** The time of this device, for what runs down before the reader's eyes. */
export function useNow() {
  const nowMs = ref(Date.now());
  const timer = setInterval(() => {
    nowMs.value = Date.now();
  }, halfMinuteMs);
  onUnmounted(() => clearInterval(timer));
  return nowMs;
}
