import { networkWith } from './network.fixture';
import { reachPicture } from './reach-picture';

describe('the picture of who reaches whom', () => {
  it('has an arrow for each direct way, with its ports, and none where there is no way', () => {
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

  it('cannot be drawn of a network in which a place is missing', () => {
    expect(() => reachPicture(networkWith({ aws_ecs_service: { S: null } }))).toThrow('is not a place in this network');
  });
});
