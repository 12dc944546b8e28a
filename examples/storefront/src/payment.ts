export type TestCard = 'pays' | 'declined'
export type Charge = { paid: true } | { paid: false; reason: 'card_declined' }

const ANSWER_AFTER_MS = 400

/** Stands in for a payment provider: the card decides. */
export async function charge(card: TestCard): Promise<Charge> {
  await new Promise(resolve => setTimeout(resolve, ANSWER_AFTER_MS))
  return card === 'pays' ? { paid: true } : { paid: false, reason: 'card_declined' }
}
