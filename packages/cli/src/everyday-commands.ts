export { everydayCommands, type EverydayCommands } from '@nightshift/errors';
