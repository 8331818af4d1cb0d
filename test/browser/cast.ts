/** Who plays which part in the acts that are clicked, on either platform. */
export type Part = 'requester' | 'handler' | 'colleague' | 'sorter' | 'worker' | 'head' | 'helper' | 'another';
export interface Player {
  readonly userid: string;
  readonly name: string;
}
export interface Cast {
  readonly platform: 'WeCom' | 'DingTalk';
  /** Begins the numbers of its tickets and the keys of its templates. */
  readonly letter: string;
  readonly workspace: string;
  readonly of: Readonly<Record<Part, Player>>;
}

const player = (userid: string, name: string): Player => ({ userid, name });

export const CASTS: readonly Cast[] = [
  {
    platform: 'WeCom',
    letter: 'W',
    workspace: 'sandbox',
    of: {
      requester: player('wangxiao', '王晓'),
      handler: player('chenwei', '陈伟'),
      colleague: player('liuyang', '刘洋'),
      sorter: player('zhaolei', '赵磊'),
      worker: player('linxia', '林霞'),
      head: player('WuGang', '吴刚'),
      helper: player('hejing', '何静'),
      another: player('sunli', '孙丽'),
    },
  },
  {
    platform: 'DingTalk',
    letter: 'D',
    workspace: 'sandbox-dingtalk',
    of: {
      requester: player('ding-fangmin', '方敏'),
      handler: player('ding-songjie', '宋杰'),
      colleague: player('ding-caimei', '蔡梅'),
      sorter: player('ding-caimei', '蔡梅'),
      worker: player('ding-dongfei', '董飞'),
      head: player('ding-luhao', '陆浩'),
      helper: player('ding-guoqiang', '郭强'),
      another: player('ding-songjie', '宋杰'),
    },
  },
];
