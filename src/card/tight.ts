/** Chinese words stand without spaces, Latin names among them with one: `李四正在处理`, `Li Si 正在处理`. */
export const tight = (text: string): string =>
  text.replace(/(?<=[\p{Script=Han}，。、：「」]) (?=[\p{Script=Han}，。、：「」])/gu, '');
