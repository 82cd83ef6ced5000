export { fakeClient } from '@nightshift/testing/aws';
