export { everydayCommands, type EverydayCommands } from './everyday-commands';
export {
  awsAccessFailures,
  clockSkew,
  profileIn,
  type AwsAccessFailure,
  type AwsAccessFailureKind,
} from './aws-access';
export { retry, type RetryOptions } from './retry';
export { describeProblem, InterruptedError, UserError, type Problem } from './user-error';
export { ExitCode } from './exit-code';
