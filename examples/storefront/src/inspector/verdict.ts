import type { Subject } from './subject.ts'

export interface Verdict {
  kind: 'same' | 'anonymous' | 'different' | 'waiting'
  title: string
  detail: string
  sign: '=' | '≠' | '…'
}

/** Whether both tools mean the same visitor, in words for somebody who runs campaigns. */
export function verdictOn({ customerio, fullstory }: Subject): Verdict {
  if (!customerio && !fullstory) {
    return waiting('Nobody here yet', 'Open the shop: this page follows along.')
  }
  if (!customerio || !fullstory) {
    const silent = customerio ? 'FullStory' : 'Customer.io'
    return waiting(`Waiting for ${silent}`, `${silent} has received nothing about this visitor yet.`)
  }
  if (customerio.id === null && fullstory.uid === null) {
    return {
      kind: 'anonymous',
      title: 'Anonymous in both tools',
      detail: 'Nobody has signed in. What happens now joins the person at login, in both.',
      sign: '=',
    }
  }
  if (customerio.id === fullstory.uid) {
    return {
      kind: 'same',
      title: 'Same person in both tools',
      detail: 'One ID: a segment in Customer.io leads to these sessions in FullStory, and back.',
      sign: '=',
    }
  }
  return {
    kind: 'different',
    title: 'The tools disagree',
    detail: `Customer.io says ${nameOf(customerio.id)}, FullStory says ${nameOf(fullstory.uid)}.`,
    sign: '≠',
  }
}

function waiting(title: string, detail: string): Verdict {
  return { kind: 'waiting', title, detail, sign: '…' }
}

function nameOf(id: string | null): string {
  return id ?? 'anonymous'
}
