import { didYouMean, nearest } from './nearest';

describe('nearest', () => {
  const keys = ['natGateways', 'cidr', 'egress', 'endpoints', 'cpu'];

  it.each([
    ['a letter that is missing', 'natGateway', 'natGateways'],
    ['a letter too many', 'endpointss', 'endpoints'],
    ['a wrong letter', 'agress', 'egress'],
    ['letters in the wrong order', 'cdir', 'cidr'],
    ['another case', 'CIDR', 'cidr'],
  ])('finds the closest name to %s', (_, written, meant) => expect(nearest(written, keys)).toBe(meant));

  it('returns the closest of several', () => {
    expect(nearest('prox', ['pros', 'prod', 'prox1'])).toBe('pros');
    expect(nearest('staging2', ['staging', 'staging22'])).toBe('staging');
  });

  it.each(['ram', 'subnets', 'x', ''])('returns nothing for a text that is too different: "%s"', (written) =>
    expect(nearest(written, keys)).toBeUndefined(),
  );
});

describe('didYouMean', () => {
  it('suggests the closest name', () => {
    expect(didYouMean('netwrok', ['network', 'compute'])).toBe('did you mean network?');
  });

  it('lists the names if none is close', () => {
    expect(didYouMean('x', ['network', 'compute'])).toBe('use one of network, compute');
    expect(didYouMean('', ['network'])).toBe('use one of network');
  });
});
