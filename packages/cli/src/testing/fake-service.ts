export { FAKE_ACCOUNT, sdkError, type Handler, type Handlers, type Input } from '@nightshift/testing/aws';
