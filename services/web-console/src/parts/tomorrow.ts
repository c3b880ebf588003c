import { today } from '@ddp/web-ui/time/today';

const dayMs = 86_400_000;

/** The civil date of Shanghai after today. */
export function tomorrow(): string {
  return today(new Date(Date.now() + dayMs));
}
