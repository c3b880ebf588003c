import type { Permission } from './permission.ts';
import type { ServiceName } from './service-name.ts';

/** A page rendered on the server: HTML in, HTML out, reached through the gateway by its own path. */
export interface PageDefinition {
  service: ServiceName;
  method: 'GET' | 'POST';
  path: string;
  permission: Permission;
  /** Where more than a usual form may come. */
  bodyLimitBytes?: number;
}
