import type { Product, Shape } from './catalog.ts'
import { html, type Markup } from './html.ts'

interface Drawing {
  body: string
  /** Height of the dip: everything above it is glazed. */
  dip: number
  /** Stroked in glaze color behind the body. */
  behind?: string
  /** Drawn in glaze color in front of the body. */
  front?: string
  /** Drawn dark in front of the body. */
  holes?: string
  /** A dark line in front of the body. */
  rim?: string
  stems?: string
  shine: string
}

const DRAWINGS: Record<Shape, Drawing> = {
  mug: {
    body: 'M60 64H130Q136 64 136 70V146Q136 170 112 170H78Q54 170 54 146V70Q54 64 60 64Z',
    dip: 128,
    behind: 'M134 86H146A22 22 0 0 1 146 134H134',
    shine: 'M66 80V134',
  },
  bowl: {
    body: 'M32 88H168Q164 148 124 162V170H76V162Q36 148 32 88Z',
    dip: 136,
    shine: 'M46 98Q50 130 68 144',
  },
  vase: {
    body: 'M86 46H114Q112 70 122 84Q148 104 148 130Q148 170 112 170H88Q52 170 52 130Q52 104 78 84Q88 70 86 46Z',
    dip: 118,
    stems: 'M100 52Q96 34 80 26M100 52Q104 30 118 20M100 52Q112 40 128 44',
    shine: 'M68 118Q60 132 68 150',
  },
  teapot: {
    body: 'M48 122Q48 78 98 78T148 122Q148 168 112 168H84Q48 168 48 122Z',
    dip: 138,
    behind: 'M146 108Q168 108 172 84M50 98Q22 94 24 120T56 146',
    front: 'M64 84Q98 62 132 84L128 88Q98 76 68 88ZM91 68A7 7 0 1 1 105 68L102 75H94Z',
    shine: 'M62 112Q58 128 66 144',
  },
  plate: {
    body: 'M28 102A72 72 0 1 1 172 102A72 72 0 1 1 28 102Z',
    dip: 122,
    rim: 'M50 102A50 50 0 1 1 150 102A50 50 0 1 1 50 102Z',
    shine: 'M40 90A62 62 0 0 1 76 45',
  },
  pitcher: {
    body: 'M68 48L56 40Q66 34 80 36H128Q124 68 136 94Q148 120 142 148Q138 170 112 170H88Q62 170 58 148Q52 120 64 94Q72 74 68 48Z',
    dip: 122,
    behind: 'M126 58Q164 52 164 88T138 132',
    shine: 'M74 100Q64 122 70 148',
  },
  candle: {
    body: 'M62 72Q62 60 74 60H126Q138 60 138 72V156Q138 170 124 170H76Q62 170 62 156Z',
    dip: 140,
    holes:
      'M80 82a6 6 0 1 0 .1 0ZM100 82a6 6 0 1 0 .1 0ZM120 82a6 6 0 1 0 .1 0ZM90 102a6 6 0 1 0 .1 0ZM110 102a6 6 0 1 0 .1 0ZM80 122a6 6 0 1 0 .1 0ZM100 122a6 6 0 1 0 .1 0ZM120 122a6 6 0 1 0 .1 0Z',
    shine: 'M70 78V148',
  },
  jar: {
    body: 'M50 124Q50 84 100 84T150 124Q150 170 114 170H86Q50 170 50 124Z',
    dip: 142,
    front: 'M58 96Q62 74 100 72T142 96Q100 84 58 96ZM90 64A10 9 0 1 1 110 64L106 74H94Z',
    shine: 'M64 116Q60 132 68 148',
  },
}

let drawn = 0

/** The product as a drawing; decorative, the name always stands beside it. */
export function productArt({ shape, clay, glaze }: Product): Markup {
  const { body, dip, behind, front, holes, rim, stems, shine } = DRAWINGS[shape]
  drawn += 1
  const clip = `art-${drawn}`
  const wave = `M0 0H200V${dip}q-17 9-34 0t-33 0-33 0-33 0-33 0-34 0Z`
  return html`<svg class="art" viewBox="8 14 184 184" aria-hidden="true">
    <clipPath id="${clip}"><path d="${body}" /></clipPath>
    <ellipse cx="100" cy="171" rx="56" ry="7" fill="#000" opacity=".16" />
    ${stems && line(stems, '#71835c', 4)}
    ${behind && line(behind, glaze, 11)}
    <path d="${body}" fill="${clay}" />
    <g clip-path="url(#${clip})">
      <path d="${wave}" fill="${glaze}" />
      <path d="M150 0H200V200H120Q160 120 150 0Z" fill="#000" opacity=".12" />
    </g>
    ${front && html`<path d="${front}" fill="${glaze}" /><path d="${front}" fill="#000" opacity=".14" />`}
    ${holes && html`<path d="${holes}" fill="#000" opacity=".28" />`}
    ${rim && line(rim, '#000', 3, 0.16)}
    ${line(shine, '#fff', 5, 0.32)}
  </svg>`
}

function line(path: string, color: string, width: number, opacity = 1): Markup {
  return html`<path d="${path}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" opacity="${opacity}" />`
}
