import { scanReport } from './scan-report';

const finding = { environment: 'dev', check: 'CKV_AWS_338', title: 'Keep logs for a year', path: 'compute/Logs/Exec' };
const exception = { check: 'CKV_AWS_338', resources: ['compute/Logs/*'], requirement: 'R8.3', reason: '30 days.' };

describe('report of the Checkov scan', () => {
  it('passes without findings, or if exceptions cover all of them', () => {
    expect(scanReport([], [])).toEqual({ problems: [], excepted: 0 });
    expect(scanReport([finding, { ...finding, environment: 'prod' }], [exception])).toEqual({
      problems: [],
      excepted: 2,
    });
  });

  it('has each finding once, with its environments', () => {
    const others = [
      { ...finding, environment: 'prod' },
      { ...finding, path: 'network/FlowLogs/LogGroup' },
      { ...finding, check: 'CKV_AWS_158', title: 'Encrypt logs' },
    ];
    const todo = 'fix it, or add an exception with the requirement that causes it';
    expect(scanReport([finding, ...others], [exception]).problems).toEqual([
      `network/FlowLogs/LogGroup: CKV_AWS_338 (Keep logs for a year), in dev - ${todo}`,
      `compute/Logs/Exec: CKV_AWS_158 (Encrypt logs), in dev - ${todo}`,
    ]);
    expect(scanReport([finding, ...others], []).problems).toContain(
      `compute/Logs/Exec: CKV_AWS_338 (Keep logs for a year), in dev, prod - ${todo}`,
    );
  });

  it('names unused exceptions, by resource', () => {
    const wide = { ...exception, resources: ['compute/Logs/*', 'network/*'] };
    expect(scanReport([finding], [wide, { ...exception, check: 'CKV_AWS_1' }])).toEqual({
      problems: [
        'exception of CKV_AWS_338 for network/*: is not needed - remove it',
        'exception of CKV_AWS_1 for compute/Logs/*: is not needed - remove it',
      ],
      excepted: 1,
    });
  });
});
