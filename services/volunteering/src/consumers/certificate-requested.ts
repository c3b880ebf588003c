import { certificateRequested } from '@ddp/contracts/volunteering/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { VolunteeringDeps } from '../deps.ts';
import { makeCertificate } from '../operations/make-certificate.ts';

export const onCertificateRequested = (deps: VolunteeringDeps) =>
  defineConsumer(certificateRequested, (delivery) => makeCertificate(deps, delivery));
