import type { Benefit } from '@ddp/contracts/rewards/benefits';
import type { StoredBenefit } from '../store/benefits.ts';

/** A benefit as it is told to people: without who wrote it, and the digest of its picture. */
export function showBenefit(benefit: StoredBenefit): Benefit {
  const { createdBy: _c, changedBy: _h, programmeId: _p, shares, picture, ...shown } = benefit;
  const merchants = shares.map(({ merchantId, merchantName, available }) => ({
    ...{ merchantId, merchantName, available },
  }));
  const first = shares.find((share) => share.merchantId === shown.merchantId);
  return {
    ...shown,
    merchants,
    merchantName: first?.merchantName ?? '',
    hasPicture: picture !== null,
    opensAt: shown.opensAt?.toISOString() ?? null,
    closesAt: shown.closesAt?.toISOString() ?? null,
  };
}
