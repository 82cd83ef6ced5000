export { everydayCommands, type EverydayCommands } from './everyday-commands';
export { describeProblem, UserError, type Problem } from './user-error';
