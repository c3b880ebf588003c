import type { FollowUp } from '@ddp/contracts/ratings/follow-ups';

/** How follow-ups end, as reports name it. */
export const outcomeNames: Record<NonNullable<FollowUp['outcome']>, string> = {
  fixed: '已整改',
  partly: '部分整改',
  refused: '不能办理并说明原因',
  'not-ours': '转交其他单位',
  mistaken: '误评',
  malicious: '恶意评价',
  withdrawn: '评价人撤回',
};

/** A share in brackets; nothing of nothing. */
export function shareOf(part: number, whole: number): string {
  return whole === 0 ? '' : `（${Math.round((part / whole) * 100)}%）`;
}
