import { resolveScan } from '@ddp/contracts/codes/routes';
import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import type { ServiceCaller } from '@ddp/service-kit/service-caller';

interface UnderWay {
  /** Set once somebody asks for the same code meanwhile: an answer that begins after they asked. */
  next: Promise<ResolvedScan> | null;
  answer: Promise<ResolvedScan>;
}

/**
 * Asks codes what a token stands for. Nothing is kept, so that a retired code is refused as soon as
 * codes refuses it; those who ask for the same code while it is being asked for share the next call.
 */
export function createScanReader(caller: ServiceCaller) {
  const underWay = new Map<string, UnderWay>();

  function ask(token: string, requestId: string): Promise<ResolvedScan> {
    const answer = caller.call(resolveScan, { params: { token } }, { requestId });
    const mine: UnderWay = { next: null, answer };
    underWay.set(token, mine);
    const end = () => {
      if (underWay.get(token) === mine) underWay.delete(token);
    };
    answer.then(end, end);
    return answer;
  }

  return (token: string, requestId: string): Promise<ResolvedScan> => {
    const current = underWay.get(token);
    if (!current) return ask(token, requestId);
    const start = () => ask(token, requestId);
    current.next ??= current.answer.then(start, start);
    return current.next;
  };
}
