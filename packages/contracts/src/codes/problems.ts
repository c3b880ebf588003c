import { defineProblem } from '../problem.ts';

export const codesProblems = {
  invalidCode: defineProblem(
    'invalid-code',
    404,
    '此码无效或已停用',
    'This code is not valid or no longer in use',
  ),
  codeExists: defineProblem(
    'code-exists',
    409,
    '该对象在此处已有有效的评价码',
    'The subject has an active code at this place already',
  ),
  unknownSubject: defineProblem(
    'unknown-subject',
    422,
    '没有这个评价对象',
    'There is no such subject',
  ),
  rowsRefused: defineProblem(
    'rows-refused',
    422,
    '表格有误，没有签发任何评价码',
    'The table has errors; no code was issued',
  ),
  missingGlyph: defineProblem(
    'missing-glyph',
    422,
    '有字库中没有的字，无法打印',
    'The font lacks a character of this print',
  ),
  cardExists: defineProblem(
    'card-exists',
    409,
    '该居民已有有效的便民卡',
    'The resident has a card in force already',
  ),
  placeCodeRefused: defineProblem(
    'place-code-refused',
    422,
    '签到码不对或已过期，请扫现场屏幕上的码',
    'The code is wrong or has expired: scan the one on the screen',
  ),
  placeCodeUsed: defineProblem(
    'place-code-used',
    409,
    '这个签到码您已用过，请等下一个',
    'This person has used this code: wait for the next one',
  ),
  placeNotOpen: defineProblem(
    'place-not-open',
    409,
    '不在签到时间内',
    'The place is not open for checking in now',
  ),
};
