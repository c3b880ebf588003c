import { defineProblem } from '../problem.ts';

export const identityProblems = {
  wrongCode: defineProblem(
    'wrong-code',
    401,
    '验证码不对或已失效',
    'The code is wrong or no longer valid',
  ),
  wrongPassword: defineProblem('wrong-password', 401, '账号或密码不对', 'Wrong login or password'),
  lockedOut: defineProblem(
    'locked-out',
    429,
    '尝试次数过多，请稍后再试',
    'Too many attempts, try again later',
    true,
  ),
  tooManyCodes: defineProblem(
    'too-many-codes',
    429,
    '验证码发送太频繁，请稍后再试',
    'Too many codes were sent, try again later',
    true,
  ),
  textNotSent: defineProblem(
    'text-not-sent',
    503,
    '短信暂时发不出去，请稍后再试',
    'The text message could not be sent',
    true,
  ),
  areaRequired: defineProblem(
    'area-required',
    422,
    '首次登录请选择所在社区',
    'Choose your community when you sign in for the first time',
  ),
  phoneTaken: defineProblem(
    'phone-taken',
    409,
    '该手机号已登记',
    'This phone is registered already',
  ),
  loginTaken: defineProblem('login-taken', 409, '该账号已存在', 'This login exists already'),
  deviceNotBound: defineProblem(
    'device-not-bound',
    409,
    '该店员账号已绑定另一部手机，请店主先解绑',
    'This clerk is bound to another phone; the owner can unbind it',
  ),
  roleNotHeld: defineProblem('role-not-held', 403, '您不担任这一角色', 'You do not hold this role'),
};
