/** One fence: looks at a tree and tells what is wrong in it. */
export interface Check {
  name: string;
  /** Folder of the tree to look at. Rejects when the check itself cannot work. */
  run(root: string): Promise<CheckResult>;
}

export interface CheckResult {
  /** What was looked at, for the eye: `312 files`. A check that saw nothing must report that. */
  seen: string;
  violations: string[];
}
