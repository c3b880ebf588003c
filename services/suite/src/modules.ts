import { codesModule } from '@ddp/codes/module';
import { directoryModule } from '@ddp/directory/module';
import { identityModule } from '@ddp/identity/module';
import { noticesModule } from '@ddp/notices/module';
import { pointsModule } from '@ddp/points/module';
import { ratingsModule } from '@ddp/ratings/module';
import { rewardsModule } from '@ddp/rewards/module';
import type { ServiceModule } from '@ddp/service-kit/module';
import { volunteeringModule } from '@ddp/volunteering/module';

/** Every service of the house; the gateway stands apart, because it faces people. */
export const serviceModules: readonly ServiceModule[] = [
  identityModule,
  directoryModule,
  codesModule,
  ratingsModule,
  pointsModule,
  rewardsModule,
  noticesModule,
  volunteeringModule,
];
