// Each kind of event by its icon, and by a colour where it changed what the contact is.
import type { EventType } from '../../shared/events.ts';
import type { AgentTimelineItem } from '../../shared/protocol.ts';
import {
  AssignIcon,
  BlockedIcon,
  BotIcon,
  CameIcon,
  CaptureIcon,
  CheckIcon,
  CloseIcon,
  ConsentIcon,
  AttributeIcon,
  DeleteIcon,
  EditIcon,
  EmailIcon,
  EraseIcon,
  FindPersonIcon,
  LeadTypeIcon,
  ChecklistIcon,
  MergeIcon,
  OpenIcon,
  ReopenIcon,
  ReplyIcon,
  RotateIcon,
  SeenIcon,
  SettingsIcon,
  ShowIcon,
  SignInIcon,
  TakeOverIcon,
  TeamIcon,
  TokenIcon,
  UnmergeIcon,
  VerifiedIcon,
  XIcon,
} from './icons.ts';
import type { IconNode } from './icons.ts';

interface Look {
  icon: IconNode;
  tone: '' | 'amber' | 'green' | 'red' | 'brand';
}

const plain = (icon: IconNode): Look => ({ icon, tone: '' });

const looks = {
  'contact.created': plain(CameIcon),
  'contact.updated': plain(EditIcon),
  'contact.promoted': { icon: LeadTypeIcon, tone: 'amber' },
  'contact.identified': { icon: SignInIcon, tone: 'green' },
  'contact.merged': { icon: MergeIcon, tone: 'brand' },
  'contact.unmerged': { icon: UnmergeIcon, tone: 'brand' },
  'contact.email_verified': { icon: VerifiedIcon, tone: 'green' },
  'contact.blocked': { icon: BlockedIcon, tone: 'red' },
  'contact.unblocked': plain(CheckIcon),
  'contact.archived': plain(CloseIcon),
  'contact.restored': plain(ReopenIcon),
  'contact.erased': { icon: EraseIcon, tone: 'red' },
  'contact.duplicate_found': plain(FindPersonIcon),
  'contact.duplicate_dismissed': plain(XIcon),
  'verification.sent': plain(EmailIcon),
  'conversation.moved': plain(UnmergeIcon),
  'identity.secret_shown': { icon: ShowIcon, tone: 'brand' },
  'identity.secret_rotated': { icon: RotateIcon, tone: 'brand' },
  'identity.secret_retired': plain(RotateIcon),
  'identity.settings_changed': plain(SettingsIcon),
  'token.created': { icon: TokenIcon, tone: 'brand' },
  'token.revoked': { icon: TokenIcon, tone: 'red' },
  'detail.captured': { icon: LeadTypeIcon, tone: 'amber' },
  'detail.confirmed': plain(CheckIcon),
  'detail.changed': plain(EditIcon),
  'detail.withdrawn': plain(XIcon),
  'consent.given': plain(ConsentIcon),
  'contact.tagged': plain(AttributeIcon),
  'contact.untagged': plain(AttributeIcon),
  'lead.captured': { icon: CaptureIcon, tone: 'amber' },
  'conversation.created': plain(OpenIcon),
  'conversation.assigned': plain(AssignIcon),
  'conversation.team_assigned': plain(TeamIcon),
  'conversation.closed': plain(CloseIcon),
  'conversation.reopened': plain(ReopenIcon),
  'conversation.read': plain(SeenIcon),
  'bot.paused': plain(TakeOverIcon),
  'bot.resumed': plain(BotIcon),
  'bot.handed_over': plain(TakeOverIcon),
  'message.created': plain(ReplyIcon),
  'message.edited': plain(EditIcon),
  'message.deleted': plain(DeleteIcon),
  'form.answered': plain(ChecklistIcon),
} as const satisfies Record<EventType, Look>;

export function eventLook({ type, data }: Pick<AgentTimelineItem, 'type' | 'data'>): Look {
  return type === 'contact.updated' && data['by'] === 'identify' ? plain(SignInIcon) : looks[type];
}
