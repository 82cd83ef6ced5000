import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { blocks } from '../model/value';

/** Whether a subnet's route table leads to an internet gateway: https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types */
export function isPublicSubnet(subnet: Resource, model: Model): boolean {
  return model
    .uses(subnet)
    .filter(({ user }) => user.type === 'aws_route_table_association')
    .flatMap(({ user }) => model.behind(user, 'route_table_id', 'aws_route_table'))
    .some((table) => routesOf(table, model).some((route) => leadsOut(route, model)));
}

/** Routes of their own, and those that the table has in it. */
function routesOf(table: Resource, model: Model): readonly Resource[] {
  const own = model.uses(table).filter(({ user }) => user.type === 'aws_route');
  const inside = blocks(table.attributes['route']).map((attributes) => ({ ...table, attributes }));
  return [...own.map(({ user }) => user), ...inside];
}

function leadsOut(route: Resource, model: Model): boolean {
  return model.behind(route, 'gateway_id', 'aws_internet_gateway').length > 0;
}
