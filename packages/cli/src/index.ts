export { main } from './main';
export { processEffects } from './process-effects';
