import type { RedemptionProgress } from '@ddp/contracts/rewards/schemas';
import { onUnmounted, watchEffect } from 'vue';

/** Hears of a redemption as it moves on, until it ends; the browser itself connects again. */
export function watchRedemption(
  id: () => string,
  isUnderWay: () => boolean,
  hear: (progress: RedemptionProgress) => void,
): void {
  let source: EventSource | null = null;
  const close = () => {
    source?.close();
    source = null;
  };
  watchEffect(() => {
    close();
    if (!isUnderWay()) return;
    source = new EventSource(`/api/rewards/v1/redemptions/${id()}/events`);
    source.addEventListener('redemption', ({ data }: MessageEvent<string>) =>
      hear(JSON.parse(data) as RedemptionProgress),
    );
    source.addEventListener('end', close);
  });
  onUnmounted(close);
}
