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
  ownCase: defineProblem(
    'own-case',
    403,
    '与您本人有关，须由他人处理',
    'You have a part in this, somebody else has to act',
  ),
  notOwner: defineProblem(
    'not-owner',
    409,
    '请先受理，再处理',
    'Accept it first: somebody else owns it, or nobody does',
  ),
  otherReceiver: defineProblem(
    'other-receiver',
    409,
    '已移交给指定人员，由其受理',
    'It was transferred to somebody else, who has to accept it',
  ),
  contactFirst: defineProblem(
    'contact-first',
    409,
    '请先联系评价人并记录',
    'Contact the rater first, and write it down',
  ),
  extendedAlready: defineProblem(
    'extended-already',
    409,
    '只能延期一次',
    'The time was extended before, which can be done once',
  ),
  unknownReceiver: defineProblem(
    'unknown-receiver',
    422,
    '该人员没有管辖此处的岗位，或与此事有关',
    'This person has no post over the place, or a part in the case',
  ),
  followUpEnded: defineProblem(
    'follow-up-ended',
    409,
    '这件差评已办结',
    'The follow-up was resolved before',
  ),
  ratingAppealLate: defineProblem(
    'rating-appeal-late',
    409,
    '已过申诉期限',
    'The time to appeal is over',
  ),
  ratingAppealedAlready: defineProblem(
    'rating-appealed-already',
    409,
    '已经申诉过',
    'There was an appeal before',
  ),
  appealDecided: defineProblem(
    'appeal-decided',
    409,
    '申诉已处理',
    'The appeal was decided before',
  ),
};
