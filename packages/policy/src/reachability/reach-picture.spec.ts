import { networkWith } from './network.fixture';
import { reachPicture } from './reach-picture';

describe('the diagram of network paths', () => {
  it('has an arrow for each direct path, with its ports', () => {
    expect(reachPicture(networkWith({}))).toBe(`flowchart LR
  internet["internet"]
  load-balancer["load balancer"]
  tasks["tasks"]
  endpoints["endpoints of AWS services"]
  s3["S3 gateway"]
  internet -- "tcp 80" --> load-balancer
  load-balancer -- "tcp 8080" --> tasks
  tasks -- "tcp 443" --> endpoints
  tasks -- "tcp 443" --> s3`);
  });

  it('throws if a place is missing in the network', () => {
    expect(() => reachPicture(networkWith({ aws_ecs_service: { S: null } }))).toThrow('is not a place in this network');
  });
});
