import { platformOf } from './platform';

describe('platformOf', () => {
  it.each([
    ['linux', 'x64', { os: 'linux', arch: 'amd64' }],
    ['darwin', 'arm64', { os: 'darwin', arch: 'arm64' }],
    ['win32', 'ia32', { os: 'windows', arch: '386' }],
  ] as const)('calls %s %s as HashiCorp does', (platform, arch, expected) => {
    expect(platformOf({ platform, arch })).toEqual(expected);
  });
});
