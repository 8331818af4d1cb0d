/**
 * Our own pages are opened by way of the sign-in, so that a tap on a card needs no password; others as they are.
 * @param publicUrl without a slash at its end
 * @param id of the workspace
 */
export function signedInUrl(url: string, publicUrl: string, id: string): string {
  const path = url.startsWith(`${publicUrl}/`) ? url.slice(publicUrl.length) : url;
  // `//host` is an address elsewhere, not a path of ours.
  return /^\/(?!\/)/.test(path) ? `${publicUrl}/auth/${id}/start?to=${encodeURIComponent(path)}` : url;
}
