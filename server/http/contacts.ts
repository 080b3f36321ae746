// Contacts over REST: seen, changed, merged, put away, erased; and the log of who did it.
import { readAudit } from '../actions/audit.ts';
import { workspaceOf } from '../actions/actor.ts';
import { dismissDuplicate } from '../actions/contact/duplicates.ts';
import { editContact } from '../actions/contact/edit-contact.ts';
import { eraseContact } from '../actions/contact/erase-contact.ts';
import { existingContact } from '../actions/contact/find.ts';
import { archiveContact, blockContact } from '../actions/contact/flag-contact.ts';
import { mergeByRequest, previewMerge } from '../actions/contact/merge.ts';
import { sendVerification } from '../actions/contact/send-verification.ts';
import { undoMerge } from '../actions/contact/undo-merge.ts';
import { contactToView } from '../actions/contact/view.ts';
import type { Handler, HttpContext } from './context.ts';

type Route =
  | 'GET /api/v1/contacts/:contact'
  | 'PATCH /api/v1/contacts/:contact'
  | 'DELETE /api/v1/contacts/:contact'
  | 'POST /api/v1/contacts/merge/preview'
  | 'POST /api/v1/contacts/merge'
  | 'POST /api/v1/merges/:merge/undo'
  | 'POST /api/v1/contacts/:contact/block'
  | 'POST /api/v1/contacts/:contact/archive'
  | 'POST /api/v1/contacts/:contact/duplicates/dismiss'
  | 'POST /api/v1/contacts/:contact/verification'
  | 'GET /api/v1/audit';

export function contactHandlers({ deps, options }: HttpContext): { [K in Route]: Handler<K> } {
  return {
    'GET /api/v1/contacts/:contact': ({ actor, params }) =>
      deps.store.in(workspaceOf(actor)).read(async (tx) => contactToView(await existingContact(tx, params.contact))),
    'PATCH /api/v1/contacts/:contact': ({ actor, params, body }) => editContact(deps, actor, params.contact, body),
    'DELETE /api/v1/contacts/:contact': ({ actor, params }) => eraseContact(deps, actor, params.contact),
    'POST /api/v1/contacts/merge/preview': ({ actor, body }) => previewMerge(deps, actor, body),
    'POST /api/v1/contacts/merge': ({ actor, body }) => mergeByRequest(deps, actor, body),
    'POST /api/v1/merges/:merge/undo': ({ actor, params }) => undoMerge(deps, actor, params.merge),
    'POST /api/v1/contacts/:contact/block': ({ actor, params, body }) => blockContact(deps, actor, params.contact, body.blocked),
    'POST /api/v1/contacts/:contact/archive': ({ actor, params, body }) => archiveContact(deps, actor, params.contact, body.archived),
    'POST /api/v1/contacts/:contact/duplicates/dismiss': ({ actor, params, body }) =>
      dismissDuplicate(deps, actor, params.contact, body.other),
    'POST /api/v1/contacts/:contact/verification': ({ actor, params, here }) =>
      sendVerification(deps, actor, params.contact, options.mail ? (options.publicUrl ?? here) : null),
    'GET /api/v1/audit': ({ actor, query }) => readAudit(deps, workspaceOf(actor), query),
  };
}
