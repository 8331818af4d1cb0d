/** People, departments and tickets by a part of their name. */
import { call } from './api.ts';
import type { Search } from './PickSheet.tsx';

export const searchPeople: Search<number> = async (q, signal) => {
  const { people } = await call('people', { query: { q, limit: 30 }, signal });
  return people.map(({ id, name, department }) => ({ value: id, name, detail: department }));
};

/** Those for whom I may file, and myself. */
export const searchRequesters: Search<number> = async (q, signal) => {
  const { people } = await call('people', { query: { q, limit: 30, of: 'requesters' }, signal });
  return people.map(({ id, name, department }) => ({ value: id, name, detail: department }));
};

export const searchDepartments: Search<string> = async (q, signal) => {
  const { departments } = await call('departments', { query: { q, limit: 30 }, signal });
  return departments.map(({ key, name, path }) => ({ value: key, name, detail: path }));
};

const searchTickets =
  (view: 'mine' | 'all'): Search<string> =>
  async (q, signal) => {
    const { tickets } = await call('tickets', { query: { view, limit: 30, ...(q ? { q } : {}) }, signal });
    return tickets.map(({ number, title, statusText }) => ({
      value: number,
      name: title || number,
      detail: `${number} · ${statusText}`,
    }));
  };
export const searchMyTickets = searchTickets('mine');
/** For those who may see all. */
export const searchAllTickets = searchTickets('all');
