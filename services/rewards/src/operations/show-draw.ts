import type { Draw } from '@ddp/contracts/rewards/draws';
import type { StoredDraw } from '../store/draws.ts';

/** A draw as everybody sees it: its seed from when it is drawn. */
export function showDraw(draw: StoredDraw): Draw {
  const { id, benefitId, benefitTitle, pricePoints, winners, state, seedHash, seed } = draw;
  const { entries, listHash, headAtFreeze, head, cancellation } = draw;
  return {
    ...{ id, benefitId, benefitTitle, pricePoints, winners, state, seedHash, seed },
    ...{ entries, listHash, headAtFreeze, head, cancellation },
    entriesFrom: draw.entriesFrom.toISOString(),
    entriesUntil: draw.entriesUntil.toISOString(),
    drawnFrom: draw.drawnFrom.toISOString(),
    frozenAt: draw.frozenAt?.toISOString() ?? null,
    drawnAt: draw.drawnAt?.toISOString() ?? null,
  };
}
