import { imageReference, versionName } from './image-name';

const digest = `sha256:${'0a'.repeat(32)}`;

const repository = '123456789012.dkr.ecr.us-east-1.amazonaws.com/risk';

describe('imageReference', () => {
  it.each([
    [`${repository}:1.4.2`, { repository, tag: '1.4.2' }],
    [`${repository}@${digest}`, { repository, digest }],
    [`${repository}:1.4.2@${digest}`, { repository, tag: '1.4.2', digest }],
    ['localhost:5000/risk', { repository: 'localhost:5000/risk' }],
  ])('reads %s', (text, reference) => {
    expect(imageReference(text)).toEqual(reference);
  });

  it('shortens a version to its tag, or the beginning of its digest', () => {
    expect(versionName({ tag: '1.4.2', digest })).toBe('1.4.2');
    expect(versionName({ digest })).toBe('0a0a0a0a0a0a');
    expect(versionName({})).toBe('unknown');
  });
});
