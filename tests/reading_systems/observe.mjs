// What two reading systems and the bare browser make of an EPUB, as JSON on the standard output.
//
//   node observe.mjs CHROMIUM BOOK.epub UNPACKED PICTURES [foliate] [epubjs] [bare]
//
// UNPACKED is a folder with the files of the book; pictures of the screen are written to the folder PICTURES.
// Nothing is judged here: the tests do that.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import puppeteer from 'puppeteer-core'
import { serve } from './serve.mjs'

const SCREENS = {
    phone: { width: 360, height: 640, deviceScaleFactor: 2 },
    'e-reader': { width: 600, height: 800, deviceScaleFactor: 1 },
    tablet: { width: 1024, height: 1366, deviceScaleFactor: 1 },
}
const WIDTHS = [300, 600, 1200]
// What an e-reader's night mode does to a book.
const NIGHT = 'html { background: #111 !important; color: #ccc !important; }'
const FLAGS = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--force-color-profile=srgb',
]
// How long a reading system takes to notice that its window has another size, in milliseconds.
const REFLOW = 500
// Landmarks of which pictures are taken.
const LOOKED_AT = ['cover', 'titlepage', 'toc', 'bodymatter', 'index']
const INDEXES = '.index a.locator'
const CALLS = 'a[role="doc-noteref"]'

const [executablePath, book, unpacked, pictures, ...wanted] = process.argv.slice(2)
const address = await serve(book, unpacked)
const browser = await puppeteer.launch({ executablePath, args: FLAGS })

/** A new page, and the list in which everything that goes wrong on it is noted. */
async function watch() {
    const page = await browser.newPage()
    const errors = []
    page.on('pageerror', error => errors.push(String(error)))
    page.on('console', message => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url ?? ''})`)
    })
    page.on('requestfailed', request => errors.push(`${request.url()}: ${request.failure()?.errorText}`))
    return { page, errors }
}

/** Asks the reading system on a page. */
const ask = (page, name, ...values) =>
    page.evaluate((name, values) => globalThis.reader[name](...values), name, values)

/** What is on the screen after something was tried; a failure is told, for the tests to judge. */
async function attempt(href, sight) {
    try {
        return { href, ...(await sight) }
    } catch (failure) {
        return { href, path: '', visible: false, failure: String(failure) }
    }
}

/** Goes to every one of these places; what is on the screen then. */
async function visit(page, places) {
    const sights = []
    for (const { href, title } of places) sights.push({ title, ...(await attempt(href, ask(page, 'visit', href))) })
    return sights
}

/** Follows the links that match a selector in a file, each from the file itself. */
async function click(page, file, selector) {
    const sights = []
    await ask(page, 'visit', file)
    const links = await ask(page, 'links', selector)
    for (const [number, href] of links.entries()) {
        await ask(page, 'visit', file)
        sights.push(await attempt(href, ask(page, 'click', selector, number)))
    }
    return sights
}

/** The files of the spine in which there is what a selector finds. */
async function having(page, spine, selector) {
    const files = []
    for (const href of spine) {
        await ask(page, 'visit', href)
        if ((await ask(page, 'links', selector)).length) files.push(href)
    }
    return files
}

/** The first note of each file: that it pops up, or is gone to and come back from. */
async function notes(page, system, files) {
    const found = []
    for (const file of files) {
        await ask(page, 'visit', file)
        if (system === 'foliate') {
            found.push({ file, ...(await ask(page, 'note', CALLS, 0)) })
            await page.screenshot({ path: join(pictures, `${system}-note.png`) })
            await ask(page, 'close')
        } else {
            const there = await ask(page, 'click', CALLS, 0)
            const back = await ask(page, 'click', 'a[role="doc-backlink"]', 0)
            found.push({ file, there, back })
        }
    }
    return found
}

/** One picture of each of some places, on each screen. */
async function look(page, system, places) {
    for (const [screen, size] of Object.entries(SCREENS)) {
        await page.setViewport(size)
        await new Promise(resolve => setTimeout(resolve, REFLOW))
        for (const { href, type } of places) {
            await ask(page, 'visit', href)
            const name = type.join('-')
            await page.screenshot({ path: join(pictures, `${system}-${screen}-${name}.png`) })
        }
    }
}

/** What a reading system makes of the book. */
async function read(system) {
    const { page, errors } = await watch()
    await page.setViewport(SCREENS.phone)
    await page.goto(`${address}/${system}.html`)
    await page.waitForFunction('globalThis.reader')
    const told = await ask(page, 'open', '/book.epub', '')
    const indexes = await having(page, told.spine, INDEXES)
    const noted = await having(page, told.spine, CALLS)
    const found = {
        ...told,
        contentsSights: await visit(page, told.contents),
        pagesSights: await visit(page, told.pages),
        landmarksSights: await visit(page, told.landmarks),
        indexSights: (await eachOf(indexes, file => click(page, file, INDEXES))).flat(),
        notes: await notes(page, system, noted),
        errors,
    }
    await look(page, system, LOOKED_AT.flatMap(kind => told.landmarks.filter(mark => mark.type.includes(kind)).slice(0, 1)))
    await page.close()
    return found
}

/** The results of a function for each of some values, one after the other. */
async function eachOf(values, action) {
    const results = []
    for (const value of values) results.push(await action(value))
    return results
}

/** How each file looks in the bare browser, at three widths, at night. */
async function bare() {
    const { page, errors } = await watch()
    const files = []
    for (const name of readdirSync(join(unpacked, 'EPUB')).filter(name => name.endsWith('.xhtml')).sort()) {
        for (const width of WIDTHS) {
            await page.setViewport({ width, height: 800 })
            await page.goto(`${address}/book/EPUB/${name}`, { waitUntil: 'load' })
            await page.addStyleTag({ content: NIGHT })
            files.push({ name, width, ...(await page.evaluate(measure)) })
            await page.screenshot({ path: join(pictures, `bare-${width}-${name}.png`), fullPage: true })
        }
    }
    await page.close()
    return { files, errors }
}

/** In the browser: how wide a document is, and which of its words do not take the reader's colours and size. */
function measure() {
    const root = document.documentElement
    const reader = getComputedStyle(root).color
    const told = elements => elements.map(element => element.outerHTML.slice(0, 120))
    const worded = [...document.body.querySelectorAll('*')].filter(element =>
        !element.closest('svg') && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    const sizes = () => worded.map(element => parseFloat(getComputedStyle(element).fontSize))
    const across = root.scrollWidth, before = sizes()
    root.style.fontSize = '200%'
    const after = sizes()
    root.style.fontSize = ''
    return {
        across,
        coloured: told(worded.filter(element => {
            const { color, backgroundColor } = getComputedStyle(element)
            return color !== reader || backgroundColor !== 'rgba(0, 0, 0, 0)'
        })),
        fixed: told(worded.filter((_, number) => Math.abs(after[number] / before[number] - 2) > 0.01)),
    }
}

try {
    const told = await Promise.all(wanted.map(what => what === 'bare' ? bare() : read(what)))
    process.stdout.write(JSON.stringify(Object.fromEntries(wanted.map((what, number) => [what, told[number]]))))
} finally {
    await browser.close()
}
