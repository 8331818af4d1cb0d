/** Leaving for the platform's sign-in, and coming back to the same page. */
import type { Problem } from '../../http/contract/problem.ts';
import { recall, remember } from './memory.ts';

type SignIn = NonNullable<Problem['signIn']>[number];

const AGAIN_MS = 15_000;

/** Where to sign in, returning to the page that is open now. */
export function signInAddress({ url }: SignIn): string {
  const target = new URL(url, location.href);
  target.searchParams.set('to', location.pathname + location.search);
  return target.href;
}

/**
 * Goes there when there is only one place to go. Not twice within seconds: a browser that keeps no cookies
 * would go round in circles.
 * @returns false: the person must choose, or read why it doesn't work
 */
export function leaveToSignIn(problem: Problem): boolean {
  const [only, ...others] = problem.signIn ?? [];
  const last = recall('signed-in-at');
  if (!only || others.length > 0 || (typeof last === 'number' && Date.now() - last < AGAIN_MS)) return false;
  remember('signed-in-at', Date.now());
  location.replace(signInAddress(only));
  return true;
}
