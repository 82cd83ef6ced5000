/** Exit codes. Scripts and CI rely on these numbers. */
export const ExitCode = {
  done: 0,
  /** A user error; the message says how to fix it. */
  userMustAct: 1,
  /** `plan --detailed-exitcode` and `drift`: there are changes. */
  changesPresent: 2,
  /** `deploy`, `redeploy`: Terraform has done everything, but no task of the service is healthy. */
  noHealthyTask: 3,
  /** A defect; the message contains the stack trace. https://man.openbsd.org/sysexits.3 (EX_SOFTWARE) */
  defect: 70,
  /** Stopped by Ctrl-C or a signal, as shells report it: 128 + SIGINT. */
  interrupted: 130,
} as const;

/**
 * Any number: a release exits with 0, 1 or 10 to 13 (`exitCodeOf` of `@nightshift/release`), and `local exec` with the code of
 * its program.
 */
export type ExitCode = number;
