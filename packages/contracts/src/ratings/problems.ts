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
  questionsOutdated: defineProblem(
    'questions-outdated',
    409,
    '评价问题已更新，请重新打开页面',
    'The questions have changed: please open the page again',
  ),
  rightInvalid: defineProblem(
    'rating-right-invalid',
    422,
    '这个评价链接不适用于此码',
    'This right to rate does not fit this code',
  ),
  rightUsed: defineProblem(
    'rating-right-used',
    409,
    '这次服务已经评价过了',
    'This service has been rated already',
  ),
  rightExpired: defineProblem(
    'rating-right-expired',
    409,
    '评价时间已过',
    'The time to rate this service is over',
  ),
  photoMissing: defineProblem(
    'photo-missing',
    422,
    '照片不存在或已使用，请重新上传',
    'A photo is not there or was used: please upload it again',
  ),
  photoRefused: defineProblem(
    'photo-refused',
    422,
    '照片无法读取：请使用 5 MB 以内的 JPEG、PNG 或 WebP 照片',
    'The photo cannot be read: JPEG, PNG or WebP of at most 5 MB',
  ),
  questionSetFaulty: defineProblem(
    'question-set-faulty',
    422,
    '理由的代码重复，或日期先后不对',
    'A reason stands twice, or the dates are the wrong way round',
  ),
  questionSetDecided: defineProblem(
    'question-set-decided',
    409,
    '该版本已发布或撤回，不能再改',
    'This version was published or withdrawn and stays as it is',
  ),
  dayTaken: defineProblem(
    'question-day-taken',
    409,
    '开始日期已过，或不晚于上一版本的开始日期',
    'Its first day is over, or is not after that of the version before',
  ),
  withdrawalOver: defineProblem(
    'withdrawal-over',
    409,
    '评价只能在一天之内撤回',
    'A rating can be withdrawn within a day only',
  ),
  ratingDecided: defineProblem(
    'rating-decided',
    409,
    '该评价当前状态不允许这样做',
    'The state of this rating does not allow this',
  ),
  ownFlag: defineProblem(
    'own-flag',
    403,
    '须由另一名工作人员处理',
    'Another officer has to decide this',
  ),
  repliedAlready: defineProblem(
    'replied-already',
    409,
    '已经回复过了',
    'It was replied to already',
  ),
};
