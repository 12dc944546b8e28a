import { Counter } from './counter.jsx'

export const dynamic = 'force-dynamic'

const Bare = () => <Counter />

export default Bare
