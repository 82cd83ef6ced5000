export { serveCommands } from './command-server';
export { main } from './main';
export { processEffects } from './process-effects';
