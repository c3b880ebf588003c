import { defineProblem } from '../problem.ts';

export const noticesProblems = {
  textNotSent: defineProblem(
    'text-not-sent',
    503,
    '短信暂时发不出去，请稍后再试',
    'The text message could not be sent',
    true,
  ),
  periodInvalid: defineProblem(
    'period-invalid',
    422,
    '公示期须从今天或以后开始，且不少于一天、不超过三十天',
    'The period begins today or later and lasts one to thirty days',
  ),
  notOnBoard: defineProblem(
    'not-on-board',
    409,
    '该公示已结束或已撤下',
    'The entry is no longer on the board',
  ),
  objectedAlready: defineProblem(
    'objected-already',
    409,
    '您已提出过异议',
    'You have objected to this already',
  ),
  ownEntry: defineProblem(
    'own-entry',
    403,
    '须由未参与该公示事项的人员答复',
    'Somebody who had no part in what the entry tells must answer',
  ),
  ownObjection: defineProblem(
    'own-objection',
    403,
    '不能答复自己提出或记录的异议',
    'Nobody answers an objection that they made or wrote down',
  ),
  otherArea: defineProblem(
    'other-area',
    403,
    '只有公示所在地区的居民可以提出异议',
    'Only residents of the area of the entry may object',
  ),
  unknownPerson: defineProblem(
    'unknown-person',
    422,
    '没有登记此人',
    'No such person is registered',
  ),
};
