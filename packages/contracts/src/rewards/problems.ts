import { defineProblem } from '../problem.ts';

export const rewardsProblems = {
  notPublished: defineProblem('not-published', 409, '该权益未上架', 'The benefit is not on offer'),
  soldOut: defineProblem('sold-out', 409, '已兑完', 'Sold out'),
  limitReached: defineProblem(
    'limit-reached',
    409,
    '本月兑换次数已满',
    'Your limit for this month is reached',
  ),
  cannotCancel: defineProblem(
    'cannot-cancel',
    409,
    '当前状态不能取消',
    'It can no longer be cancelled',
  ),
  voucherInvalid: defineProblem(
    'voucher-invalid',
    404,
    '券码不对或已过时，请让持券人刷新',
    'The code is wrong or too old, ask the holder to refresh',
  ),
  voucherUsed: defineProblem('voucher-used', 409, '此券已核销', 'This voucher is used already'),
  voucherExpired: defineProblem('voucher-expired', 409, '此券已过期', 'This voucher has expired'),
  voucherCancelled: defineProblem(
    'voucher-cancelled',
    409,
    '此券已取消',
    'This voucher was cancelled',
  ),
  tooManyTries: defineProblem(
    'too-many-tries',
    429,
    '输错次数过多，请稍后再试',
    'Too many wrong codes, try again later',
    true,
  ),
  forbiddenBenefit: defineProblem(
    'forbidden-benefit',
    422,
    '基本公共服务不能用积分兑换',
    'A basic public service is never priced in points',
  ),
  unknownMerchant: defineProblem(
    'unknown-merchant',
    422,
    '没有这个商户',
    'There is no such merchant',
  ),
  noProgramme: defineProblem(
    'no-programme',
    409,
    '该地区没有生效的方案',
    'No programme is in force',
  ),
};
