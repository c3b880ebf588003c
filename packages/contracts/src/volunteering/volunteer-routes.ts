import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { volunteeringProblems } from './problems.ts';
import {
  birthCorrectionSchema,
  guardianConsentSchema,
  newAssistedProfileSchema,
  newProfileSchema,
  newSkillSchema,
  skillCountQuerySchema,
  skillCountsSchema,
  skillListSchema,
  skillSchema,
  volunteerCodeSchema,
  volunteerPageSchema,
  volunteerQuerySchema,
  volunteerSchema,
} from './volunteers.ts';

const service = 'volunteering';
const { notFound, conflict, unknownArea } = commonProblems;
const { noProfile, profileExists, unknownSkill, skillExists } = volunteeringProblems;

export const createSkill = defineRoute({
  service,
  name: 'create-skill',
  method: 'POST',
  path: '/v1/skills',
  permission: 'volunteering.manage',
  summary: { zh: '登记技能', en: 'Add a skill to the register' },
  body: newSkillSchema,
  status: 201,
  response: skillSchema,
  problems: [skillExists, conflict],
});

export const listSkills = defineRoute({
  service,
  name: 'list-skills',
  method: 'GET',
  path: '/v1/skills',
  permission: 'signed-in',
  summary: { zh: '技能目录', en: 'The register of skills' },
  status: 200,
  response: skillListSchema,
  problems: [],
});

export const countSkills = defineRoute({
  service,
  name: 'count-skills',
  method: 'GET',
  path: '/v1/skill-counts',
  permission: 'volunteering.read',
  summary: { zh: '各技能志愿者人数', en: 'How many volunteers of an area have each skill' },
  query: skillCountQuerySchema,
  status: 200,
  response: skillCountsSchema,
  problems: [notFound, unknownArea],
});

/** Registers the caller; later it changes their skills. */
export const saveMyProfile = defineRoute({
  service,
  name: 'save-my-profile',
  method: 'POST',
  path: '/v1/me/volunteer',
  permission: 'resident',
  summary: { zh: '登记为志愿者', en: 'Register as a volunteer, or change my skills' },
  body: newProfileSchema,
  status: 200,
  response: volunteerSchema,
  problems: [notFound, unknownSkill, profileExists, conflict],
});

export const readMyProfile = defineRoute({
  service,
  name: 'read-my-profile',
  method: 'GET',
  path: '/v1/me/volunteer',
  permission: 'resident',
  summary: { zh: '我的志愿者资料', en: 'My profile as a volunteer' },
  status: 200,
  response: volunteerSchema,
  problems: [noProfile],
});

export const readMyCode = defineRoute({
  service,
  name: 'read-my-code',
  method: 'GET',
  path: '/v1/me/volunteer-code',
  permission: 'resident',
  summary: { zh: '我的签到码', en: 'The code that I show to a leader now' },
  status: 200,
  response: volunteerCodeSchema,
  problems: [noProfile],
});

export const readMyCodeSvg = defineRoute({
  service,
  name: 'read-my-code-svg',
  method: 'GET',
  path: '/v1/me/volunteer-code/qr.svg',
  permission: 'resident',
  summary: { zh: '我的签到码图片', en: 'The code that I show to a leader now, as SVG' },
  status: 200,
  mediaType: 'image/svg+xml',
  problems: [noProfile],
});

export const assistProfile = defineRoute({
  service,
  name: 'assist-profile',
  method: 'POST',
  path: '/v1/volunteers',
  permission: 'volunteering.assist',
  summary: { zh: '代登记志愿者', en: 'Register a volunteer who has no phone' },
  body: newAssistedProfileSchema,
  status: 201,
  response: volunteerSchema,
  problems: [notFound, unknownSkill, profileExists, volunteeringProblems.ownConsent, conflict],
});

export const listVolunteers = defineRoute({
  service,
  name: 'list-volunteers',
  method: 'GET',
  path: '/v1/volunteers',
  permission: 'volunteering.read',
  summary: { zh: '志愿者列表', en: 'Volunteers of the area' },
  query: volunteerQuerySchema,
  status: 200,
  response: volunteerPageSchema,
  problems: [],
});

/** By the person: a volunteer is one person once. */
export const readVolunteer = defineRoute({
  service,
  name: 'read-volunteer',
  method: 'GET',
  path: '/v1/volunteers/{id}',
  permission: 'volunteering.read',
  summary: { zh: '志愿者资料', en: 'The profile of a volunteer' },
  params: idParams,
  status: 200,
  response: volunteerSchema,
  problems: [notFound],
});

export const recordGuardianConsent = defineRoute({
  service,
  name: 'record-guardian-consent',
  method: 'POST',
  path: '/v1/volunteers/{id}/guardian-consent',
  permission: 'volunteering.assist',
  summary: { zh: '登记监护人同意', en: 'Record that a guardian agreed' },
  params: idParams,
  body: guardianConsentSchema,
  status: 200,
  response: volunteerSchema,
  problems: [notFound, volunteeringProblems.notAMinor, volunteeringProblems.ownConsent],
});

export const correctBirthMonth = defineRoute({
  service,
  name: 'correct-birth-month',
  method: 'POST',
  path: '/v1/volunteers/{id}/birth-month',
  permission: 'volunteering.assist',
  summary: { zh: '更正出生年月', en: 'Correct the month of birth of a volunteer' },
  params: idParams,
  body: birthCorrectionSchema,
  status: 200,
  response: volunteerSchema,
  problems: [notFound, volunteeringProblems.ownConsent],
});
