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
};
