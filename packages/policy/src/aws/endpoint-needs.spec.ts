import { serviceOfName } from './endpoint-needs';

describe('the service in the name of an AWS service principal or action', () => {
  it.each([
    ['com.amazonaws.us-east-1.ecr.api', 'ecr.api'],
    ['com.amazonaws.${data.aws_region.Region.name}.s3', 's3'],
    ['com.example.thing', 'com.example.thing'],
  ])('of %s is %s', (name, service) => {
    expect(serviceOfName(name)).toBe(service);
  });
});
