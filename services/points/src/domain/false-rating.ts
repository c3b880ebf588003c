import type { FlagReason } from '@ddp/contracts/ratings/review-schemas';

/**
 * What its rater reads where a rating that was left out makes its award false; null where it was
 * given in good faith, so that nobody loses a point by words, by being coerced, by a mistake, or
 * because an appeal against an honest rating was upheld.
 */
export function evidenceOfFalseRating(reason: FlagReason): string | null {
  switch (reason) {
    case 'not-a-service':
      return '评价未计入：没有发生被评价的服务 · The rating was left out: there was no such service';
    case 'competitor':
      return '评价未计入：出自竞争关系 · The rating was left out: it came from a competitor';
    case 'test':
      return '评价未计入：是测试 · The rating was left out: it was a test';
    case 'malicious':
      return '评价未计入：核实为恶意评价 · The rating was left out: it was found to be malicious';
    case 'insult':
    case 'coerced':
    case 'mistaken':
    case 'appeal-upheld':
      return null;
  }
}
