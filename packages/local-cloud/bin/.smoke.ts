import { LocalCloud } from '../src/index';
const make = () => new LocalCloud({ root: '/work/main', env: { ...process.env, NIGHTSHIFT_LOCAL_DIRECTORY: '/tmp/lc/own' } });
const t = (f: () => Promise<unknown>) => { const s = Date.now(); return f().then((r) => console.log(Date.now() - s, 'ms', JSON.stringify(r)), (e) => console.log(Date.now() - s, 'ms ERROR', e.message)); };
async function main() {
  const verb = process.argv[2];
  if (verb === 'all') {
    await t(() => make().down()); await t(() => make().environment()); await t(() => make().up({ port: 22, onProgress: console.log }));
    await Promise.all([t(() => make().up({ onProgress: console.log })), t(() => make().up({ onProgress: console.log }))]);
    await t(() => make().status()); await t(() => make().up({ port: 1234 }));
    const s = await make().status(); if (s.running) process.kill(s.pid, 'SIGKILL');
    await new Promise((r) => setTimeout(r, 200));
    await t(() => make().status()); await t(() => make().environment()); await t(() => make().up()); await t(() => make().environment({ region: 'us-east-1' })); await t(() => make().down()); await t(() => make().down());
  }
  if (verb === 'up') await t(() => make().up({ port: 45999, onProgress: console.log }));
  if (verb === 'down') await t(() => make().down());
}
main();
