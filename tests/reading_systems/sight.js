// What both reading systems' pages tell about what is on the screen.

const LONGEST = 10000

/** Resolves with the next event of that name, and rejects if none comes. */
export const next = (target, name) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no ${name} within ${LONGEST} ms`)), LONGEST)
    target.addEventListener(name, event => {
        clearTimeout(late)
        resolve(event)
    }, { once: true })
})

/** Resolves when what was asked for has been painted. */
export const settled = () =>
    new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))

/** A link's target, relative to the package document, given the file that the link stands in. */
export const within = (path, href) => href.startsWith('#') ? path + href : href

/** Where a link's target is: in which file, whether the file has it, and whether its first line is on the screen. */
export function place(doc, path, href) {
    const fragment = decodeURIComponent(href.split('#')[1] ?? '')
    const target = fragment ? doc.getElementById(fragment) : doc.body.firstElementChild
    const box = target && (target.getClientRects()[0] ?? target.getBoundingClientRect())
    const frame = doc.defaultView.frameElement.getBoundingClientRect()
    const left = box && Math.round(frame.left + box.left), top = box && Math.round(frame.top + box.top)
    return {
        path,
        found: Boolean(target),
        visible: Boolean(target) && target.getClientRects().length > 0
            && left >= -1 && left < innerWidth && top >= -1 && top < innerHeight,
        at: [left, top],
        words: target?.textContent.trim().replace(/\s+/g, ' ').slice(0, 80) ?? '',
    }
}
