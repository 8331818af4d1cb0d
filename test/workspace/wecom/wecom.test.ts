import { describeWorkspace } from '../contract.ts';
import { aWecomSubject } from '../support/wecomSubject.ts';

describeWorkspace('WeCom', aWecomSubject);
