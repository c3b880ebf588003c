import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { volunteeringProblems } from './problems.ts';
import {
  assistedCancellationSchema,
  newAssistedSignUpSchema,
  newSignUpSchema,
  newSubstitutionSchema,
  rosterPageSchema,
  rosterQuerySchema,
  signUpPageSchema,
  signUpQuerySchema,
  signUpSchema,
  substitutionPageSchema,
  substitutionSchema,
} from './sign-ups.ts';

const service = 'volunteering';
const { notFound, conflict } = commonProblems;
const {
  noProfile,
  shiftBegun,
  signedUpAlready,
  overlappingShift,
  ageOutside,
  guardianWanted,
  skillWanted,
  noSuchSeat,
  unknownVolunteer,
  ownConsent,
} = volunteeringProblems;
const signUpProblems = [
  notFound,
  noProfile,
  shiftBegun,
  signedUpAlready,
  overlappingShift,
  ageOutside,
  guardianWanted,
  skillWanted,
  noSuchSeat,
];

export const signUp = defineRoute({
  service,
  name: 'sign-up',
  method: 'POST',
  path: '/v1/sign-ups',
  permission: 'resident',
  summary: { zh: '报名', en: 'Sign up for a shift, or wait for a place' },
  body: newSignUpSchema,
  status: 201,
  response: signUpSchema,
  problems: signUpProblems,
});

export const assistSignUp = defineRoute({
  service,
  name: 'assist-sign-up',
  method: 'POST',
  path: '/v1/assisted-sign-ups',
  permission: 'volunteering.assist',
  summary: { zh: '代报名', en: 'Sign up somebody who has no phone' },
  body: newAssistedSignUpSchema,
  status: 201,
  response: signUpSchema,
  problems: [...signUpProblems, ownConsent],
});

export const listMySignUps = defineRoute({
  service,
  name: 'list-my-sign-ups',
  method: 'GET',
  path: '/v1/me/sign-ups',
  permission: 'resident',
  summary: { zh: '我的报名', en: 'What I signed up for' },
  query: signUpQuerySchema,
  status: 200,
  response: signUpPageSchema,
  problems: [],
});

export const cancelSignUp = defineRoute({
  service,
  name: 'cancel-sign-up',
  method: 'POST',
  path: '/v1/sign-ups/{id}/cancellation',
  permission: 'resident',
  summary: { zh: '取消报名', en: 'Give up my place before the shift begins' },
  params: idParams,
  status: 200,
  response: signUpSchema,
  problems: [notFound, conflict, shiftBegun],
});

export const cancelAssistedSignUp = defineRoute({
  service,
  name: 'cancel-assisted-sign-up',
  method: 'POST',
  path: '/v1/assisted-sign-ups/{id}/cancellation',
  permission: 'volunteering.assist',
  summary: { zh: '代取消报名', en: 'Give up a place for somebody who has no phone' },
  params: idParams,
  body: assistedCancellationSchema,
  status: 200,
  response: signUpSchema,
  problems: [notFound, conflict, shiftBegun],
});

export const listRoster = defineRoute({
  service,
  name: 'list-roster',
  method: 'GET',
  path: '/v1/shifts/{id}/sign-ups',
  permission: 'volunteering.lead',
  summary: { zh: '班次名册', en: 'Who signed up for a shift' },
  params: idParams,
  query: rosterQuerySchema,
  status: 200,
  response: rosterPageSchema,
  problems: [notFound],
});

export const offerSubstitution = defineRoute({
  service,
  name: 'offer-substitution',
  method: 'POST',
  path: '/v1/substitutions',
  permission: 'resident',
  summary: { zh: '请人替班', en: 'Ask another volunteer to come instead' },
  body: newSubstitutionSchema,
  status: 201,
  response: substitutionSchema,
  problems: [notFound, conflict, shiftBegun, unknownVolunteer],
});

export const listMySubstitutions = defineRoute({
  service,
  name: 'list-my-substitutions',
  method: 'GET',
  path: '/v1/me/substitutions',
  permission: 'resident',
  summary: { zh: '我的替班', en: 'Substitutions that I asked for, or am asked for' },
  query: signUpQuerySchema,
  status: 200,
  response: substitutionPageSchema,
  problems: [],
});

export const acceptSubstitution = defineRoute({
  service,
  name: 'accept-substitution',
  method: 'POST',
  path: '/v1/substitutions/{id}/acceptance',
  permission: 'resident',
  summary: { zh: '同意替班', en: 'Come instead of who asked' },
  params: idParams,
  status: 200,
  response: substitutionSchema,
  problems: [
    notFound,
    conflict,
    noProfile,
    shiftBegun,
    signedUpAlready,
    overlappingShift,
    ageOutside,
    guardianWanted,
    skillWanted,
  ],
});

/** By who is asked it is refused, by who asked it is taken back. */
export const endSubstitution = defineRoute({
  service,
  name: 'end-substitution',
  method: 'POST',
  path: '/v1/substitutions/{id}/ending',
  permission: 'resident',
  summary: { zh: '谢绝或收回替班', en: 'Refuse to come instead, or take the question back' },
  params: idParams,
  status: 200,
  response: substitutionSchema,
  problems: [notFound, conflict],
});
