import type { Model, Resource } from '../model/model';
import { at, type Attributes, blocks, shown } from '../model/value';

export interface Route {
  /** The resource to change: the route, or the route table with the inline route. */
  readonly rule: Resource;
  /** A network, or a prefix list. */
  readonly destination: string;
  /** A gateway or another target. @default - outside of the model */
  readonly target: Resource | undefined;
}

export interface Subnet {
  readonly resource: Resource;
  readonly vpc: Resource | undefined;
  /** @default - unknown until apply */
  readonly cidr: string | undefined;
  readonly zone: string;
  /** @default - no explicit association: it uses the main route table of the VPC, if that is known */
  readonly table: Resource | undefined;
  readonly routes: readonly Route[];
  /** Its routes that belong to another configuration. */
  readonly outside: readonly string[];
}

const TARGETS = [
  'gateway_id',
  'nat_gateway_id',
  'egress_only_gateway_id',
  'transit_gateway_id',
  'vpc_peering_connection_id',
  'network_interface_id',
  'vpc_endpoint_id',
] as const;
const DESTINATIONS = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'] as const;
const INLINE = ['cidr_block', 'ipv6_cidr_block', 'destination_prefix_list_id'] as const;

/** All subnets with their routes. */
export function subnetsIn(model: Model): readonly Subnet[] {
  const tables = model.all('aws_route_table', 'aws_default_route_table');
  const routesOf = new Map(tables.map((table) => [table, routesIn(table, model)]));
  return model.all('aws_subnet').map((resource) => {
    const [vpc] = model.behind(resource, 'vpc_id');
    const { table, outside } = tableOf(resource, vpc, model);
    const routes = (table && routesOf.get(table)) ?? [];
    const cidr = at(resource.attributes, 'cidr_block');
    return {
      resource,
      vpc,
      cidr: cidr === undefined ? undefined : String(model.literal(cidr, resource.stack)),
      zone: shown(model.literal(resource.attributes['availability_zone'], resource.stack)),
      table,
      routes,
      outside: [
        ...outside,
        ...routes.flatMap(({ destination, target }) => (target ? [] : `the route to ${destination}`)),
      ],
    };
  });
}

function routesIn(table: Resource, model: Model): Route[] {
  const own = model
    .all('aws_route')
    .filter((route) => model.behind(route, 'route_table_id').includes(table))
    .flatMap((rule) => routes(rule.attributes, rule, DESTINATIONS, model));
  return [...own, ...blocks(table.attributes['route']).flatMap((block) => routes(block, table, INLINE, model))];
}

function routes(attributes: Attributes, rule: Resource, destinations: readonly string[], model: Model): Route[] {
  const [target] = model.targets(
    TARGETS.flatMap((name) => attributes[name] ?? []),
    rule.stack,
  );
  return destinations.flatMap((name) => {
    const destination = attributes[name];
    if (!destination) return [];
    return [{ rule, destination: shown(model.literal(destination, rule.stack)), target: target?.resource }];
  });
}

function tableOf(
  subnet: Resource,
  vpc: Resource | undefined,
  model: Model,
): { readonly table: Resource | undefined; readonly outside: readonly string[] } {
  const association = model
    .all('aws_route_table_association')
    .find((one) => model.behind(one, 'subnet_id').includes(subnet));
  if (association) {
    const [table] = model.behind(association, 'route_table_id', 'aws_route_table');
    return { table, outside: table ? [] : ['route_table_id'] };
  }
  const main = model.all('aws_main_route_table_association').find((one) => model.behind(one, 'vpc_id')[0] === vpc);
  const [table] = main
    ? model.behind(main, 'route_table_id')
    : model.all('aws_default_route_table').filter((one) => model.behind(one, 'default_route_table_id')[0] === vpc);
  return { table, outside: [] };
}
