import { defineProblem } from '../problem.ts';

export const ratingsProblems = {
  ratedAlready: defineProblem(
    'rated-already',
    409,
    '您今天已经评价过了，谢谢',
    'You have rated this today already, thank you',
  ),
  selfRating: defineProblem('self-rating', 403, '不能评价自己', 'Nobody rates themselves'),
  ownUnit: defineProblem(
    'own-unit',
    403,
    '工作人员不能评价本单位',
    'Staff do not rate their own unit',
  ),
  reasonMismatch: defineProblem(
    'reason-mismatch',
    422,
    '所选理由与评价等级不符',
    'A reason does not fit the level',
  ),
};
