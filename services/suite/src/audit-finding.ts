/** What one check found: nothing wrong, or how much and the first of it. */
export interface Finding {
  service: string;
  invariant: string;
  holds: boolean;
  violation?: string;
  count?: number;
  first?: unknown;
}
