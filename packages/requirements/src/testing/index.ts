export { missing, requirementsFixture } from './requirements-fixture';
