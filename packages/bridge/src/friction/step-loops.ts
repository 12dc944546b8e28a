import { pageAddress } from '../globals.ts'
import { stepOf } from './names.ts'
import type { Watch } from './watch.ts'

/** Two steps of the checkout in turn: there, back, there and back again. */
export const judgeSteps = ({ onTrack, onRoute, isCheckout, report }: Watch): void => {
  let visits: unknown[] = []
  let isNamed = false
  const visit = (step: unknown) => {
    if (!step || step === visits[visits.length - 1]) return
    visits = [...visits.slice(-4), step]
    const [first, second, third, fourth, fifth] = visits
    if (first !== third || third !== fifth || second !== fourth || !fifth) return
    report('step_loop', second as string, 4)
    visits = [step]
  }
  onTrack((name, { step }) => {
    if (name === 'order_completed') visits = []
    if (name !== 'checkout_step') return
    // The page's own names are the better ones, and both together would be steps of their own.
    if (!isNamed) visits = []
    isNamed = true
    visit(step)
  })
  const arrive = (at: string) => {
    if (!isNamed && isCheckout(at)) visit(stepOf(at))
  }
  onRoute(arrive)
  arrive(pageAddress())
}
