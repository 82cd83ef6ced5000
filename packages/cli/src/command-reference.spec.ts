import { commandReference } from './command-reference';
import { verbs } from './program';
import { FakeEffects } from './testing/fake-effects';

describe('commandReference', () => {
  it('contains the help of every verb and its actions, but not of hidden verbs', async () => {
    const effects = new FakeEffects();
    const markdown = await commandReference(effects);
    const titles = [...markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => String(title));
    expect(titles.filter((title) => !title.includes(' '))).toEqual(
      Object.entries(verbs).flatMap(([name, verb]) => ('hidden' in verb ? [] : [name])),
    );
    expect(titles).toContain('release watch');
    expect(markdown).toMatch(/^## synth\n\n```text\nUsage: nightshift synth -c <environment> \[options\]\n\nWrite /);
    expect(markdown).toContain('## release watch\n\n```text\nUsage: nightshift release watch -c <environment>');
    expect(effects.printed).toEqual({ stdout: '', stderr: '' });
  });
});
