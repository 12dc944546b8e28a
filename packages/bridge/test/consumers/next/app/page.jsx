import { Visitor } from './components/visitor.jsx'

export const dynamic = 'force-dynamic'

const Shop = () => <Visitor />

export default Shop
