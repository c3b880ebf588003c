import { noticeRequested } from '@ddp/contracts/notices/events';
import { type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Voucher } from '../store/vouchers.ts';

/** What is told of a use, to who shows the voucher and to whose points it takes: mostly one person. */
export function noticesOf(
  { personId, holderId, benefitTitle, merchantName }: Voucher,
  template: 'voucher-verified' | 'verification-undone',
): OutgoingEvent[] {
  return [...new Set([holderId, personId])].map((one) =>
    outgoing(noticeRequested, {
      audience: { kind: 'person', personId: one },
      template,
      params: { benefit: benefitTitle, merchant: merchantName },
    }),
  );
}
