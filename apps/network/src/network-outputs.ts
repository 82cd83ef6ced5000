/** The published values of the network stack. Values are references; lists have one element per zone, in the order of the zones. */
export interface NetworkOutputs {
  readonly vpc_id: string;
  /** Three public subnets, for the load balancer. */
  readonly public_subnet_ids: readonly string[];
  /** Three private subnets, for tasks. */
  readonly private_subnet_ids: readonly string[];
  readonly load_balancer_security_group_id: string;
  readonly tasks_security_group_id: string;
}
