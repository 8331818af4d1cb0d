/** Templates in the database that the configuration names, and the directory beside them, for one command. */
import { makeApp } from '../app.ts';
import type { Templates } from '../ticket/templates.ts';
import { withGround } from './ground.ts';

export const withTemplates = <T>(work: (templates: Templates) => Promise<T>): Promise<T> =>
  withGround(async (ground) => {
    const { people, templates } = makeApp(ground);
    await Promise.all([people.refresh(), templates.refresh()]);
    return work(templates);
  });
