import { stateBucketFixture } from '../testing/state-bucket-fixture';
import { environmentStates } from './environment-states';

describe('environmentStates', () => {
  it("reads every stack's state of one environment, from all pages of the bucket", async () => {
    const { aws, stored, target } = stateBucketFixture();
    aws.s3.pageSize = 2;
    const state = (serial: number) => JSON.stringify({ version: 4, serial, outputs: {}, resources: [] });
    stored.put('dev/network.tfstate', state(3));
    stored.put('dev/network.tfstate.tflock', 'lock');
    stored.put('dev/compute.tfstate', state(5));
    stored.put('pr-1/network.tfstate', state(7));
    stored.put('notes.txt', 'x');
    expect([...(await environmentStates(target.s3, target.request, 'dev'))]).toEqual([
      ['network', { serial: 3, outputs: {}, resources: 0, data: [] }],
      ['compute', { serial: 5, outputs: {}, resources: 0, data: [] }],
    ]);
  });

  it('leaves out a state that vanishes meanwhile', async () => {
    const { stored, target } = stateBucketFixture();
    stored.put('dev/network.tfstate', 'x');
    const { s3 } = target;
    const send = s3.send.bind(s3) as (command: object) => Promise<never>;
    s3.send = async (command: object) => {
      const answer = send(command);
      await answer;
      stored.delete('dev/network.tfstate');
      return await answer;
    };
    expect([...(await environmentStates(s3, target.request, 'dev'))]).toEqual([]);
  });
});
