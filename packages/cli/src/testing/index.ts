export { VerbRun } from './run-verb';
