import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeWorkspace } from '../testing/fake-workspace';
import { localRegion } from './local-region';

describe('localRegion', () => {
  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])("is the user's own: %s", (name) => {
    expect(localRegion({ env: { [name]: 'eu-west-1' }, root: fakeWorkspace() })).toBe('eu-west-1');
  });

  it('is that of the environment on the local cloud', () => {
    expect(localRegion({ env: {}, root: fakeWorkspace() })).toBe('us-east-1');
  });

  it('is unknown where an environment file is broken', () => {
    const root = fakeWorkspace();
    writeFileSync(join(root, 'environments', 'bad.yaml'), 'tags: 1\n');
    expect(localRegion({ env: {}, root })).toBeUndefined();
  });

  it('lets a defect through', () => {
    expect(() => localRegion({ env: {}, root: undefined as unknown as string })).toThrow('must be of type string');
  });
});
