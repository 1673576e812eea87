// Pages through a whole EPUB in a real reading system and counts the words that its reader never gets to see.
//
//   node visibility.mjs BOOK.epub --reader foliate|epubjs [--width 600] [--height 800] [--font-size 100] [--night]
//                       [--chapters N] [--examples N] [--pictures DIR] [--chromium PATH]
//
// Prints one line of JSON. Exit code 0: measured; 1: not measured.
//   words        words of the spine's files, read from the archive; what is hidden, and titles of drawings, left out
//   unseen       of these, what is never wholly inside the visible page on any page
//   overlapping  words whose letters share their place with those of another word
//   sideways     boxes that stick out of their column by more than 1.5 px
//   picturesCut  of `pictures`, those that no page shows whole
//   faint        words with a contrast under 4.5 : 1 (3 : 1 when large)
//   smallest     the smallest font size of a shown word, in px
//   unpaged, broken  files that turning pages does not lead to, and those that are missing or not well-formed
import { createReadStream, mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import puppeteer from 'puppeteer-core'
import { installCounter, installReaders } from './inside.mjs'

const HERE = dirname(fileURLToPath(import.meta.url))
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--force-color-profile=srgb',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.epub': 'application/epub+zip' }
const PAGES = {
    foliate: '<script type="module" src="/npm/foliate-js/view.js"></script>',
    epubjs: '<script src="/npm/epubjs/dist/epub.min.js"></script>',
}
/** What is found in a file that does not open. */
const NOTHING = { pages: 0, drawn: 0, seen: 0, scrollable: 0, overlapping: 0, sideways: 0, pictures: 0, picturesCut: 0, faint: 0,
    smallest: 99, next: null, unseenExamples: ['the whole file'], overlappingExamples: [], sidewaysExamples: [],
    picturesCutExamples: [], faintExamples: [] }
const shell = reader => `<!DOCTYPE html><meta charset="utf-8"><title>${reader}</title>
<style>html, body, #area, foliate-view { display: block; width: 100%; height: 100%; margin: 0; overflow: hidden }</style>
<div id="area"></div><script src="/npm/jszip/dist/jszip.min.js"></script>${PAGES[reader]}`

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: {
    reader: { type: 'string', default: 'foliate' }, width: { type: 'string', default: '600' },
    height: { type: 'string', default: '800' }, 'font-size': { type: 'string', default: '100' },
    night: { type: 'boolean', default: false }, chapters: { type: 'string', default: '0' },
    examples: { type: 'string', default: '8' }, pictures: { type: 'string' },
    chromium: { type: 'string', default: process.env.PUPPETEER_EXECUTABLE_PATH ?? '/usr/bin/chromium' },
} })
const [book] = positionals
const [width, height, size, chapters, examples] =
    ['width', 'height', 'font-size', 'chapters', 'examples'].map(name => Number(options[name]))

if (positionals.length !== 1 || !PAGES[options.reader] || ![width, height, size].every(number => number > 0)
    || !(chapters >= 0) || !(examples >= 0)) {
    console.error('usage: node visibility.mjs BOOK.epub --reader foliate|epubjs [--width W] [--height H]'
        + ' [--font-size PERCENT] [--night] [--chapters N] [--examples N] [--pictures DIR] [--chromium PATH]')
    process.exit(1)
}

/** A server on this machine only: the shell page, the npm packages and the book. */
const serve = () => new Promise(resolve => {
    const server = createServer((request, response) => {
        const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname))
        if (path === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(shell(options.reader))
        const file = createReadStream(path === '/book.epub' ? book : join(HERE, 'node_modules', path.replace(/^\/npm\//, '')))
        file.on('error', () => response.writeHead(404).end())
        file.on('open', () => {
            response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
            file.pipe(response)
        })
    })
    server.unref()
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}/`))
})

async function measure(browser) {
    const page = await browser.newPage()
    page.setDefaultTimeout(0)
    const errors = []
    page.on('pageerror', error => errors.push(String(error)))
    await page.setViewport({ width, height, deviceScaleFactor: 1 })
    if (options.night) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
    await page.evaluateOnNewDocument(() => {
        // a closed shadow root would hide from us what clips the pages
        const attach = Element.prototype.attachShadow
        Element.prototype.attachShadow = function () { return attach.call(this, { mode: 'open' }) }
    })
    if (options.pictures) await page.exposeFunction('picture', (section, number) =>
        page.screenshot({ path: join(options.pictures, `${section}-${number}.png`) }).then(() => null))
    await page.goto(await serve(), { waitUntil: 'load' })
    await page.evaluate(installCounter)
    await page.evaluate(installReaders)
    const files = await page.evaluate(() => globalThis.counter.words('/book.epub'))
    await page.evaluate((name, size, night) => globalThis.readers[name](size, night),
        options.reader, size, options.night)
    const sections = await page.evaluate(() => globalThis.reader.spine())
    const wanted = sections.slice(0, chapters || sections.length)
    const results = new Map()
    for (let pass = 0; pass < 2; pass += 1) {
        for (const { index, linear } of wanted) {
            // the first time only what paging leads to, then what only links lead to
            if (results.has(index) || linear === (pass > 0)) continue
            for (let at = index; at !== null && !results.has(at) && at <= wanted.at(-1).index;) {
                const { next, ...section } = await page.evaluate((at, jump, examples) =>
                    globalThis.counter.section(at, jump, examples), at, at === index, examples) ?? NOTHING
                results.set(at, { ...section, paged: at !== index || index === 0 })
                at = next
            }
        }
    }
    const told = [...results].sort(([a], [b]) => a - b).map(([index, section]) => ({
        ...section, path: sections[index].path, ...files[sections[index].path] ?? { words: 0, broken: true } }))
    const sum = name => told.reduce((total, section) => total + section[name], 0)
    const all = name => told.flatMap(section => section[name].map(text => `${section.path}: ${text}`)).slice(0, examples)
    return {
        book, reader: options.reader, width, height, fontSize: size, night: options.night,
        sections: told.length, pages: sum('pages'), words: sum('words'),
        unseen: told.reduce((total, { words, seen }) => total + Math.max(0, words - seen), 0), scrollable: sum('scrollable'), overlapping: sum('overlapping'), sideways: sum('sideways'),
        picturesCut: sum('picturesCut'), pictures: sum('pictures'), faint: sum('faint'),
        smallest: Math.min(...told.map(section => section.smallest)),
        examples: { unseen: all('unseenExamples'), overlapping: all('overlappingExamples'),
            sideways: all('sidewaysExamples'), picturesCut: all('picturesCutExamples'), faint: all('faintExamples') },
        unpaged: told.filter(section => !section.paged).map(section => section.path),
        broken: told.filter(section => section.broken).map(section => section.path), errors: errors.slice(0, 5),
    }
}

try {
    statSync(book)
    if (options.pictures) mkdirSync(options.pictures, { recursive: true })
    const browser = await puppeteer.launch({ executablePath: options.chromium, args: FLAGS, protocolTimeout: 1800000 })
    try {
        console.log(JSON.stringify(await measure(browser)))
    } finally {
        await browser.close()
    }
} catch (failure) {
    console.error(String(failure))
    process.exitCode = 1
}
