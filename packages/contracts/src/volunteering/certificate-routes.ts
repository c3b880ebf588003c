import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  certificatePageSchema,
  certificateQuerySchema,
  certificateSchema,
  ledCertificatePageSchema,
  ledCertificateSchema,
  newAssistedCertificateSchema,
  newCertificateSchema,
  newRevocationSchema,
} from './certificates.ts';
import { volunteeringProblems } from './problems.ts';

const service = 'volunteering';
const { notFound, conflict, tooManyRequests } = commonProblems;
const { noProfile, issuerUnset, periodOdd, nothingServed, ownRevocation, ownConsent } =
  volunteeringProblems;

/** A job makes it; `state` tells how far it is. */
export const requestCertificate = defineRoute({
  service,
  name: 'request-certificate',
  method: 'POST',
  path: '/v1/certificates',
  permission: 'resident',
  summary: { zh: '申请志愿服务记录证明', en: 'Ask for a certificate of my service' },
  body: newCertificateSchema,
  status: 202,
  response: certificateSchema,
  problems: [noProfile, issuerUnset, periodOdd, nothingServed, tooManyRequests],
});

export const assistCertificate = defineRoute({
  service,
  name: 'assist-certificate',
  method: 'POST',
  path: '/v1/assisted-certificates',
  permission: 'volunteering.assist',
  summary: { zh: '代为申请志愿服务记录证明', en: 'Ask for a certificate for somebody' },
  body: newAssistedCertificateSchema,
  status: 202,
  response: ledCertificateSchema,
  problems: [notFound, issuerUnset, periodOdd, nothingServed, ownConsent, tooManyRequests],
});

export const listMyCertificates = defineRoute({
  service,
  name: 'list-my-certificates',
  method: 'GET',
  path: '/v1/me/certificates',
  permission: 'resident',
  summary: { zh: '我的证明', en: 'My certificates' },
  query: certificateQuerySchema,
  status: 200,
  response: certificatePageSchema,
  problems: [],
});

export const listCertificates = defineRoute({
  service,
  name: 'list-certificates',
  method: 'GET',
  path: '/v1/certificates',
  permission: 'volunteering.read',
  summary: { zh: '志愿服务记录证明', en: 'Certificates of the area' },
  query: certificateQuerySchema,
  status: 200,
  response: ledCertificatePageSchema,
  problems: [],
});

/** By whom it is of, or by staff of the area. */
export const readServiceCertificate = defineRoute({
  service,
  name: 'read-service-certificate',
  method: 'GET',
  path: '/v1/certificates/{id}',
  permission: 'signed-in',
  summary: { zh: '查看证明', en: 'How far a certificate is' },
  params: idParams,
  status: 200,
  response: certificateSchema,
  problems: [notFound],
});

export const readCertificatePaper = defineRoute({
  service,
  name: 'read-certificate-paper',
  method: 'GET',
  path: '/v1/certificates/{id}/paper.pdf',
  permission: 'signed-in',
  summary: { zh: '下载证明', en: 'The certificate as PDF' },
  params: idParams,
  status: 200,
  mediaType: 'application/pdf',
  problems: [notFound, conflict],
});

export const revokeCertificate = defineRoute({
  service,
  name: 'revoke-certificate',
  method: 'POST',
  path: '/v1/certificates/{id}/revocation',
  permission: 'volunteering.manage',
  summary: { zh: '撤销证明', en: 'Revoke a certificate' },
  params: idParams,
  body: newRevocationSchema,
  status: 200,
  response: ledCertificateSchema,
  problems: [notFound, conflict, ownRevocation],
});
