export { describeProblem, UserError, type Problem } from './user-error';
