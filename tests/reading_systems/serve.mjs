// A server on this machine only: the pages here, the npm packages, the book and its unpacked files.
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
const TYPES = {
    '.css': 'text/css', '.epub': 'application/epub+zip', '.html': 'text/html', '.jpg': 'image/jpeg',
    '.js': 'text/javascript', '.mjs': 'text/javascript', '.otf': 'font/otf', '.png': 'image/png',
    '.svg': 'image/svg+xml', '.xhtml': 'application/xhtml+xml',
}

/** The folder and the path in it that an address stands for. */
function locate(path, book, unpacked) {
    if (path === '/book.epub') return book
    if (path.startsWith('/npm/')) return join(HERE, 'node_modules', path.slice(5))
    if (path.startsWith('/book/')) return join(unpacked, path.slice(6))
    return join(HERE, path)
}

/** Starts serving; the address that everything is below. */
export const serve = (book, unpacked) => new Promise(resolve => {
    const server = createServer((request, response) => {
        const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname))
        const file = createReadStream(locate(path, book, unpacked))
        file.on('error', () => response.writeHead(path === '/favicon.ico' ? 204 : 404).end())
        file.on('open', () => {
            response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
            file.pipe(response)
        })
    })
    server.unref()
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`))
})
