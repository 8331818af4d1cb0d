import { useState, type ImgHTMLAttributes } from 'react';
import { safeUrl } from './links.ts';

/** A picture whose address the app gave: left out when it may not be loaded or does not load, as the client does. */
export function Img({
  src,
  alt,
  ...rest
}: ImgHTMLAttributes<HTMLImageElement> & { src: string | undefined; alt: string }) {
  const [isBroken, setBroken] = useState(false);
  const url = safeUrl(src);
  if (!url || isBroken) return null;
  return <img {...rest} src={url} alt={alt} onError={() => setBroken(true)} />;
}
