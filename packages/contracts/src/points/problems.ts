import { defineProblem } from '../problem.ts';

export const pointsProblems = {
  notParticipating: defineProblem(
    'not-participating',
    409,
    '尚未加入品德积分',
    'The person does not take part in the points programme',
  ),
  joinedAlready: defineProblem('joined-already', 409, '已加入品德积分', 'Joined already'),
  insufficientPoints: defineProblem('insufficient-points', 409, '积分不足', 'Not enough points'),
  levelTooLow: defineProblem(
    'level-too-low',
    409,
    '等级还不够',
    'The level is not high enough yet',
  ),
  capReached: defineProblem('cap-reached', 409, '已达到积分上限', 'A cap on points is reached'),
  ruleNotInForce: defineProblem(
    'rule-not-in-force',
    409,
    '目前没有这项可供授予的规则',
    'No such rule is in force for awards by staff',
  ),
  reviewWanted: defineProblem(
    'review-wanted',
    409,
    '该项积分须经另一名工作人员同意或公示，不能直接授予',
    'This award needs the approval of another officer or publicity first',
  ),
  selfAward: defineProblem(
    'self-award',
    403,
    '不能给自己积分',
    'Nobody awards points to themselves',
  ),
  dayInPast: defineProblem(
    'day-in-past',
    422,
    '生效日不能早于今天',
    'It comes into force today at the earliest',
  ),
  holdNotFound: defineProblem('hold-not-found', 404, '没有这笔冻结', 'There is no such hold'),
  holdClosed: defineProblem('hold-closed', 409, '这笔冻结已经结束', 'The hold is settled already'),
  holdExpired: defineProblem('hold-expired', 409, '这笔冻结已到期', 'The hold has expired'),
  idReused: defineProblem(
    'id-used-with-other-fields',
    409,
    '该编号已用于其他内容',
    'This id was used with other fields',
  ),
  foreignAccount: defineProblem(
    'foreign-account',
    403,
    '该账户或单位不属于此服务',
    'The account or unit is not one of this service',
  ),
};
