import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  certificatePageSchema,
  certificateQuerySchema,
  certificateRenewalSchema,
  certificateSchema,
  certificateWithdrawalSchema,
  newCertificateSchema,
} from './certificates.ts';
import { directoryProblems } from './problems.ts';

const { notFound, conflict, unknownArea } = commonProblems;
const { certificateNumberTaken, certificatePeriodInvalid } = directoryProblems;

const service = 'directory';

export const recordCertificate = defineRoute({
  service,
  name: 'record-certificate',
  method: 'POST',
  path: '/v1/certificates',
  permission: 'directory.manage',
  summary: { zh: '登记社工证书', en: 'Record a certificate of a worker' },
  body: newCertificateSchema,
  status: 201,
  response: certificateSchema,
  problems: [
    notFound,
    certificateNumberTaken,
    certificatePeriodInvalid,
    directoryProblems.notAWorker,
    directoryProblems.subjectClosed,
  ],
});

export const renewCertificate = defineRoute({
  service,
  name: 'renew-certificate',
  method: 'POST',
  path: '/v1/certificates/{id}/renewals',
  permission: 'directory.manage',
  summary: { zh: '证书续期', en: 'Renew a certificate' },
  params: idParams,
  body: certificateRenewalSchema,
  status: 201,
  response: certificateSchema,
  problems: [notFound, conflict, certificateNumberTaken, certificatePeriodInvalid],
});

export const withdrawCertificate = defineRoute({
  service,
  name: 'withdraw-certificate',
  method: 'POST',
  path: '/v1/certificates/{id}/withdrawal',
  permission: 'directory.manage',
  summary: { zh: '注销证书', en: 'Withdraw a certificate' },
  params: idParams,
  body: certificateWithdrawalSchema,
  status: 200,
  response: certificateSchema,
  problems: [notFound, conflict],
});

export const listCertificates = defineRoute({
  service,
  name: 'list-certificates',
  method: 'GET',
  path: '/v1/certificates',
  permission: 'directory.read',
  summary: { zh: '证书列表', en: 'List certificates' },
  query: certificateQuerySchema,
  status: 200,
  response: certificatePageSchema,
  problems: [unknownArea],
});
