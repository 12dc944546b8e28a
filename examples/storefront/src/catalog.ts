export type Shape = 'mug' | 'bowl' | 'vase' | 'teapot' | 'plate' | 'pitcher' | 'candle' | 'jar'

export interface Product {
  id: string
  name: string
  price: number
  shape: Shape
  clay: string
  glaze: string
  line: string
  story: string
  facts: string[]
}

export const PRODUCTS: readonly Product[] = [
  {
    id: 'harbor-mug',
    name: 'Harbor mug',
    price: 28,
    shape: 'mug',
    clay: '#d9c3a5',
    glaze: '#2f5d73',
    line: 'A mug for both hands',
    story:
      'Thrown a little wider than usual, so that it keeps its place on a crowded desk. The lower third stays bare: warm to hold, easy to grip.',
    facts: ['340 ml', 'Dishwasher and microwave safe', 'Each one slightly different'],
  },
  {
    id: 'tide-bowl',
    name: 'Tide bowl',
    price: 34,
    shape: 'bowl',
    clay: '#e3d5c2',
    glaze: '#6f8f84',
    line: 'Soup, noodles, breakfast',
    story:
      'The glaze pools toward the foot and turns a shade deeper, like sand that is still wet. Deep enough for broth, wide enough for a salad.',
    facts: ['780 ml, 18 cm across', 'Stacks in fours', 'Oven safe to 200 °C'],
  },
  {
    id: 'ridge-vase',
    name: 'Ridge vase',
    price: 62,
    shape: 'vase',
    clay: '#b7683f',
    glaze: '#ecdcc4',
    line: 'For three stems, not thirty',
    story:
      'A narrow neck that makes a small bunch stand up on its own. The outside shows the ridges that fingers leave while the clay is still turning.',
    facts: ['24 cm tall', 'Watertight', 'Red stoneware, slip glaze'],
  },
  {
    id: 'ember-teapot',
    name: 'Ember teapot',
    price: 96,
    shape: 'teapot',
    clay: '#d8b894',
    glaze: '#b4532a',
    line: 'Pours without a drip',
    story:
      'It took us forty spouts to get here. Heavy at the bottom, light at the handle, and a lid that stays put when you pour the last cup.',
    facts: ['900 ml', 'Built-in strainer', 'Iron-rich glaze'],
  },
  {
    id: 'cove-plate',
    name: 'Cove plate',
    price: 30,
    shape: 'plate',
    clay: '#e8dccb',
    glaze: '#8aa6b5',
    line: 'A rim that holds the sauce',
    story:
      'A dinner plate with a soft rise at the edge. Matte where the knife never goes and satin where it does, so that it does not squeak.',
    facts: ['27 cm across', 'Dishwasher safe', 'Sold one by one'],
  },
  {
    id: 'drift-pitcher',
    name: 'Drift pitcher',
    price: 74,
    shape: 'pitcher',
    clay: '#dccab0',
    glaze: '#56735f',
    line: 'Water now, flowers later',
    story:
      'The one piece that never makes it back to the cupboard. A generous spout, and a handle that takes a whole hand.',
    facts: ['1.4 l', '22 cm tall', 'Dishwasher safe'],
  },
  {
    id: 'lantern',
    name: 'Lantern holder',
    price: 42,
    shape: 'candle',
    clay: '#c9b49a',
    glaze: '#7a3b45',
    line: 'Keeps a candle out of the wind',
    story:
      'Pierced by hand before the first firing. Put a tea light inside and the wall behind it does the rest.',
    facts: ['12 cm tall', 'Fits tea lights and short candles', 'Indoors and outdoors'],
  },
  {
    id: 'pebble-jar',
    name: 'Pebble jar',
    price: 38,
    shape: 'jar',
    clay: '#cdbba4',
    glaze: '#5b6b8a',
    line: 'Salt, sugar, spare keys',
    story: 'A lidded jar the size of a grapefruit, with a knob that you can find without looking.',
    facts: ['420 ml', 'Lid rests on a ground edge', 'Dishwasher safe'],
  },
]

export function productById(id: string | null): Product | undefined {
  return PRODUCTS.find(product => product.id === id)
}
