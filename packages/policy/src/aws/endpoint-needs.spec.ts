import { serviceOfName } from './endpoint-needs';

describe('serviceOfName', () => {
  it.each([
    ['com.amazonaws.us-east-1.ecr.api', 'ecr.api'],
    ['com.amazonaws.${data.aws_region.Region.name}.s3', 's3'],
    ['com.example.thing', 'com.example.thing'],
  ])('returns for %s the service %s', (name, service) => {
    expect(serviceOfName(name)).toBe(service);
  });
});
