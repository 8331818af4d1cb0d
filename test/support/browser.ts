/** A browser as far as HTTP goes: it keeps cookies, follows redirects one by one, and remembers the way. */
export interface Visited {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly text: string;
  /** Every address on the way, as path and query. */
  readonly way: readonly string[];
}

export function aBrowser(base: string) {
  const jar = new Map<string, { value: string; path: string }>();
  const keep = (headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; */);
      const at = pair.indexOf('=');
      const attribute = (name: string) =>
        attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
      const gone = new Date(attribute('expires') ?? '2100-01-01').getTime() < Date.now();
      if (gone) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), { value: pair.slice(at + 1), path: attribute('path') ?? '/' });
    }
  };
  const cookieFor = (path: string) =>
    [...jar]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');

  const step = async (url: URL, init: RequestInit): Promise<Response> => {
    const headers = { cookie: cookieFor(url.pathname), ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    keep(response.headers);
    return response;
  };

  return {
    jar,
    async visit(address: string, init: RequestInit = {}): Promise<Visited> {
      let url = new URL(address, base);
      const way = [url.pathname + url.search];
      for (let hop = 0; hop < 10; hop += 1) {
        const response = await step(url, hop === 0 ? init : {});
        const location = response.headers.get('location');
        if (response.status < 300 || response.status > 399 || !location)
          return {
            status: response.status,
            url: url.href,
            headers: response.headers,
            text: await response.text(),
            way,
          };
        url = new URL(location, url);
        way.push(url.pathname + url.search);
      }
      throw new Error(`Redirected in circles: ${way.join(' → ')}`);
    },
    /** One request, no redirect followed. */
    step: (address: string, init: RequestInit = {}) => step(new URL(address, base), init),
    async me(seat?: string): Promise<{ status: number; name: string }> {
      const headers = seat === undefined ? {} : { 'x-paidan-as': seat };
      const response = await step(new URL('/api/v1/me', base), { headers });
      const body = (await response.json()) as { person?: { name: string } };
      return { status: response.status, name: body.person?.name ?? '' };
    },
  };
}
