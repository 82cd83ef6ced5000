import { at } from '../model/value';
import { rule } from '../rule';

/** Where each type says that what is put there gets a public address. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_subnet: 'map_public_ip_on_launch',
  aws_ecs_service: 'network_configuration.assign_public_ip',
};

export const noPublicIp = rule({
  id: 'no-public-ip',
  severity: 'error',
  what: 'subnets and services give out no public addresses',
  why: 'A public address is a way past the load balancer.',
  sources: [
    'R5.3',
    'CKV_AWS_130',
    'CKV_AWS_333',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-2',
  ],
  appliesTo: (model) => model.all(...Object.keys(ATTRIBUTES)),
  check({ type, attributes }) {
    const attribute = String(ATTRIBUTES[type]);
    const value = at(attributes, attribute) ?? false;
    return value === false ? [] : [{ got: `${attribute} ${String(value)}`, fix: 'set it to false' }];
  },
});
