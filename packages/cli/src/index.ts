export { main } from './main';
export { processEffects } from './process-effects';
export type { RunFile } from './stack-run/run-file';
