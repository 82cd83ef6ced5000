import { bucketQualifier } from '../../bucket-qualifier';
import { rule } from './rule';

const deliverable = rule({
  reads: ['cloud', 'profile', 'account', 'delivery'],
  check({ cloud, profile, account, delivery }, report) {
    if (!delivery) return;
    const wrong = (what: string, todo = 'remove delivery') =>
      report(['delivery', 'order'], { what, got: delivery.order, todo });
    if (profile) wrong('is not allowed in a profile');
    else if (cloud === 'local')
      wrong('is not allowed with cloud: local, because the pipeline cannot reach the local cloud');
    // Without it, a push to main deploys into the account of whatever role the pipeline assumes.
    else if (!account) wrong('needs account.id', 'add account.id, or remove delivery');
  },
});

const bucketNames = rule({
  reads: ['tags', 'bucketQualifier'],
  check(file, report) {
    if (bucketQualifier(file) !== '') return;
    report(['tags', 'Project'], {
      what: 'has no letter or digit for bucket names',
      got: file.tags.Project,
      todo: 'add one, or set bucketQualifier',
    });
  },
});

export const deliveryRules = [deliverable, bucketNames];
