import { describeWorkspace } from '../contract.ts';
import { aDingtalkSubject } from '../support/dingtalkSubject.ts';

describeWorkspace('DingTalk over HTTP', () => aDingtalkSubject({ transport: 'http' }));
describeWorkspace('DingTalk over Stream', () => aDingtalkSubject({ transport: 'stream' }));
describeWorkspace('DingTalk without a card template', () =>
  aDingtalkSubject({ transport: 'stream', hasTemplate: false }),
);
