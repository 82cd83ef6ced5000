export { FakeTerminal } from './fake-terminal';
