export { fakeClient } from './fake-client';
export { FAKE_ACCOUNT, sdkError, type Handler, type Handlers, type Input } from './fake-service';
