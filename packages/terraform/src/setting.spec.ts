import { setting } from './setting';

describe('setting', () => {
  it('takes an empty variable for one that is not set, as Terraform does', () => {
    const env = { A: 'x', B: '' };
    expect([setting(env, 'A'), setting(env, 'B'), setting(env, 'C')]).toEqual(['x', undefined, undefined]);
  });
});
