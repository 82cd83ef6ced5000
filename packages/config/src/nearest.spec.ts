import { didYouMean, nearest } from './nearest';

describe('nearest', () => {
  const keys = ['natGateways', 'cidr', 'egress', 'endpoints', 'cpu'];

  it.each([
    ['a letter that is missing', 'natGateway', 'natGateways'],
    ['a letter too many', 'endpointss', 'endpoints'],
    ['a wrong letter', 'agress', 'egress'],
    ['letters in the wrong order', 'cdir', 'cidr'],
    ['another case', 'CIDR', 'cidr'],
  ])('finds what was meant by %s', (_, written, meant) => expect(nearest(written, keys)).toBe(meant));

  it('takes the nearest of several', () => {
    expect(nearest('prox', ['pros', 'prod', 'prox1'])).toBe('pros');
    expect(nearest('staging2', ['staging', 'staging22'])).toBe('staging');
  });

  it.each(['ram', 'subnets', 'x', ''])('gives nothing for what is too different: "%s"', (written) =>
    expect(nearest(written, keys)).toBeUndefined(),
  );
});

describe('didYouMean', () => {
  it('suggests the name that is nearest to what was written', () => {
    expect(didYouMean('netwrok', ['network', 'compute'])).toBe('did you mean network?');
  });

  it('lists the names when none is near', () => {
    expect(didYouMean('x', ['network', 'compute'])).toBe('use one of network, compute');
    expect(didYouMean('', ['network'])).toBe('use one of network');
  });
});
