/** Exit codes. Scripts and CI rely on these numbers. */
export const ExitCode = {
  done: 0,
  /** The user must act; what to do is in the message. */
  userMustAct: 1,
  /** `plan --detailed-exitcode` and `drift`: there are changes. */
  changesPresent: 2,
  /** A defect of ours; the stack trace is in the message. https://man.openbsd.org/sysexits.3 (EX_SOFTWARE) */
  defect: 70,
  /** Stopped by Ctrl-C or a signal, as shells report it: 128 + SIGINT. */
  interrupted: 130,
} as const;

/**
 * A release ends with the code of its end (`exitCodeOf` of `@nightshift/release`: 0, 1, 10 to 13). A program that is run for the user (`local exec`) hands its own code on. Hence
 * any number.
 */
export type ExitCode = number;
